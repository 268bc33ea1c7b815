//! ConnectWise PSA: how tickets are joined, what is attached to them, project work and the dispatch board.

use serde_json::{Value, json};

use crate::client::{Client, replace};
use crate::connectwise_psa::tickets;

#[test]
fn tickets_are_merged_and_bundled() {
    let client = Client::start("connectwise_psa", 1, &[]);
    let open = tickets(&client, "board/name = 'Network Infrastructure'");
    let [kept, merged, child] = [&open[0]["id"], &open[1]["id"], &open[2]["id"]];
    let merge = format!("/service/tickets/{kept}/merge");
    let into =
        |id: &Value, status: &str| json!({"mergeTicketIds": [id], "status": {"name": status}});
    client
        .post(&merge, &into(kept, "Closed"))
        .with(400)
        .saying("is the ticket itself");
    client
        .post(&merge, &into(merged, "In Progress"))
        .with(400)
        .saying("no closing status");
    let note = json!({"text": "Since Monday.", "detailDescriptionFlag": true});
    let notes = format!("/service/tickets/{merged}/notes");
    client.post(&notes, &note).with(201);
    let done = client.post(&merge, &into(merged, "Closed")).with(200);
    assert_eq!(done.body["success"], true);
    let gone = client.get(&format!("/service/tickets/{merged}")).with(200);
    assert_eq!(gone.body["mergedParentTicket"]["id"], *kept);
    assert_eq!(gone.body["closedFlag"], true);
    let story = client.get(&format!("/service/tickets/{kept}/allNotes"));
    let story = story.with(200).records().to_vec();
    let taken = |note: &&Value| note["mergedFlag"] == true && note["text"] == "Since Monday.";
    assert_eq!(story.iter().filter(taken).count(), 1);
    client
        .post(&merge, &into(merged, "Closed"))
        .with(400)
        .saying("is merged already");

    let attach = format!("/service/tickets/{kept}/attachChildren");
    client
        .post(&attach, &json!({"childTicketIds": []}))
        .with(400);
    let children = json!({"childTicketIds": [child]});
    client.post(&attach, &children).with(200);
    let bundled = tickets(&client, &format!("parentTicketId = {kept}"));
    assert_eq!(bundled.len(), 1);
    assert_eq!(bundled[0]["id"], *child);
    client
        .post(&attach, &children)
        .with(400)
        .saying("is a child already");
}

#[test]
fn a_configuration_is_attached_once_and_only_within_its_company() {
    let client = Client::start("connectwise_psa", 1, &[]);
    let ticket = tickets(&client, "summary = 'Server running slow'")[0].clone();
    let path = format!("/service/tickets/{}/configurations", ticket["id"]);
    let all = client.list("/company/configurations", &[]).with(200);
    let named = |name: &str| {
        let mut all = all.records().iter();
        all.find(|it| it["name"] == name).unwrap()["id"].clone()
    };
    let other = json!({"id": named("ACME-DC1")});
    client
        .post(&path, &other)
        .with(400)
        .saying("another company");
    let server = json!({"id": named("FS01")});
    client.post(&path, &server).with(201);
    client
        .post(&path, &server)
        .with(409)
        .saying("on the ticket already");
    // The same device may be on several tickets; taking it off one leaves it on the other.
    let second = tickets(&client, "summary = 'Shared mailbox is full'")[0].clone();
    let elsewhere = format!("/service/tickets/{}/configurations", second["id"]);
    client.post(&elsewhere, &server).with(201);
    client.delete(&format!("{path}/{}", server["id"])).with(204);
    let left = client.get(&elsewhere).with(200);
    assert_eq!(left.records().len(), 1);
    let held = format!("/company/configurations/{}", server["id"]);
    client.delete(&held).with(409);
}

#[test]
fn a_project_ticket_is_of_the_project_of_its_phase() {
    let client = Client::start("connectwise_psa", 1, &[]);
    let projects = client.list("/project/projects", &[]).with(200);
    let [mail, server] = [&projects.records()[0], &projects.records()[1]];
    let phases = client.get(&format!("/project/projects/{}/phases", mail["id"]));
    let phase = phases.with(200).first()["id"].clone();
    let ticket = json!({"summary": "Train the help desk", "phase": {"id": phase}});
    let made = client.post("/project/tickets", &ticket).with(201).body;
    assert_eq!(made["project"]["id"], mail["id"]);
    assert_eq!(made["company"]["id"], mail["company"]["id"]);
    assert_eq!(made["status"]["name"], "New");
    let astray = json!({"summary": "x", "phase": {"id": phase}, "project": {"id": server["id"]}});
    client
        .post("/project/tickets", &astray)
        .with(400)
        .saying("one of another project");
    let path = format!("/project/tickets/{}", made["id"]);
    let patch = json!([replace("status", json!({"name": "Completed"}))]);
    assert_eq!(
        client.patch(&path, &patch).with(200).body["closedFlag"],
        true
    );
    let code = json!({"description": "Twice", "wbsCode": "1"});
    client
        .post(&format!("/project/projects/{}/phases", mail["id"]), &code)
        .with(400)
        .saying("the project has a phase");
}

#[test]
fn a_member_is_booked_once_at_a_time() {
    let client = Client::start("connectwise_psa", 1, &[]);
    let entries = client.list("/schedule/entries", &[]).with(200);
    let taken = &entries.records()[0];
    let mut entry = json!({
        "type": {"identifier": "S"}, "objectId": taken["objectId"], "member": {"id": taken["member"]["id"]},
        "dateStart": taken["dateStart"], "dateEnd": taken["dateEnd"],
    });
    client
        .post("/schedule/entries", &entry)
        .with(400)
        .saying("schedule conflict");
    entry["allowScheduleConflictsFlag"] = true.into();
    let made = client.post("/schedule/entries", &entry).with(201).body;
    assert_eq!(made["hours"].as_f64(), taken["hours"].as_f64());
    assert_eq!(made["name"], taken["name"]);
    entry["objectId"] = 1.into();
    client
        .post("/schedule/entries", &entry)
        .with(400)
        .saying("objectId");
}
