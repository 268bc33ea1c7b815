//! What projects, their phases and their tickets take over from one another.

use serde_json::{Value, json};

use super::ticket::{assign, close_or_open, replace, write_notes};
use crate::behaviour::Change;
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};

/// A project is on a project board, does not end before it begins, and is closed by its status.
pub(super) fn project(change: &mut Change<'_>) -> Result<(), Refusal> {
    let board = change
        .store
        .find("boards", path::read(change.record, "board/id"));
    if board.is_none_or(|board| *path::read(board, "projectFlag") != true) {
        let message = "The board is refused: it is no project board.";
        return Err(Refusal::of(Kind::Unprocessable, "board", message));
    }
    let time = |name: &str| path::read(change.record, name).as_str().unwrap_or_default();
    // Both are UTC seconds of one form, so that their order is that of their letters.
    if time("estimatedEnd") < time("estimatedStart") {
        let message = "The estimatedEnd must not lie before the estimatedStart.";
        return Err(Refusal::of(Kind::Unprocessable, "estimatedEnd", message));
    }
    follow_status(change, "project_statuses");
    Ok(())
}

/// Each place in the work breakdown of a project is taken once.
pub(super) fn phase(change: &mut Change<'_>) -> Result<(), Refusal> {
    let (id, project, code) = (
        path::read(change.record, "id"),
        path::read(change.record, "projectId"),
        path::read(change.record, "wbsCode"),
    );
    let taken = |other: &Record| {
        !code.is_null()
            && path::read(other, "wbsCode") == code
            && path::read(other, "projectId") == project
            && path::read(other, "id") != id
    };
    if change.store.records("project_phases").iter().any(taken) {
        let message = format!("The wbsCode is refused: the project has a phase {code} already.");
        return Err(Refusal::of(Kind::Unprocessable, "wbsCode", message));
    }
    Ok(())
}

/// A ticket is of the project that its phase is of; company and board are the project's.
pub(super) fn ticket(change: &mut Change<'_>) -> Result<(), Refusal> {
    let phase = change
        .store
        .find("project_phases", path::read(change.record, "phase/id"));
    let of = phase.map_or(Value::Null, |phase| path::read(phase, "projectId").clone());
    let Some(project) = change.store.find("projects", &of) else {
        let message = "The phase is refused: it is no phase of a project.";
        return Err(Refusal::of(Kind::Unprocessable, "phase", message));
    };
    let given = path::read(change.record, "project/id");
    if !given.is_null() && !path::same(given, &of) {
        let message = "The phase is refused: it is one of another project.";
        return Err(Refusal::of(Kind::Unprocessable, "phase", message));
    }
    let name = path::read(project, "name").clone();
    change
        .record
        .insert("project".to_owned(), json!({"id": of, "name": name}));
    for property in ["company", "board"] {
        let value = path::read(project, property).clone();
        change.record.insert(property.to_owned(), value);
    }
    board_status(change)?;
    close_or_open(change);
    assign(change);
    if change.before.is_none() {
        write_notes(change, "project_ticket_notes");
    }
    Ok(())
}

/// The status is one of the project's board; left out, its default.
fn board_status(change: &mut Change<'_>) -> Result<(), Refusal> {
    let board = path::read(change.record, "board/id");
    let statuses = change.store.records("statuses").iter();
    let mut here = statuses.filter(|status| path::read(status, "board/id") == board);
    let given = path::read(change.record, "status");
    let wanted = here.find(|status| match given {
        Value::Null => *path::read(status, "defaultFlag") == true,
        given if given["id"].is_null() => path::same(path::read(status, "name"), &given["name"]),
        given => path::same(path::read(status, "id"), &given["id"]),
    });
    if wanted.is_none() {
        let message = format!("The status is refused: {given} is none of the project's board.");
        return Err(Refusal::of(Kind::Unprocessable, "status", message));
    }
    replace(change, "status", "statuses", wanted);
    Ok(())
}

/// Keeps `closedFlag` true to the status.
fn follow_status(change: &mut Change<'_>, collection: &str) {
    let status = change
        .store
        .find(collection, path::read(change.record, "status/id"));
    let closed = status.is_some_and(|status| *path::read(status, "closedFlag") == true);
    change.record.insert("closedFlag".to_owned(), closed.into());
}
