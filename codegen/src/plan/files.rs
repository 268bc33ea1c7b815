//! Plans the inputs around files: one that is sent, its name, and where an answered one is saved.

use super::{AnswerPlan, Encoding, InputPlan, types::RustType};
use crate::{
    api::{Api, Limit, Provenance, Type},
    document::Chosen,
};

/// Most characters of a file's name, and of a path to it.
const NAME: usize = 200;
const PATH: usize = 1000;

/// What a file's name cannot have, on any system.
const PLAIN: &str = r#"^[^\x00-\x1f\x7f/\\:*?"<>|]+$"#;

/// The input of a file that is sent.
pub(super) fn upload(chosen: &Chosen, encoding: Encoding, api: &Api) -> InputPlan {
    let of_component = &api.resolve(&chosen.schema).description;
    let own = if chosen.description.is_empty() {
        of_component
    } else {
        &chosen.description
    };
    let is_list = matches!(api.resolve(&chosen.schema).ty, Type::List(..));
    let types = match &encoding {
        Encoding::Raw(media_type) => std::slice::from_ref(media_type),
        Encoding::File(types) => types,
        _ => &[],
    };
    let takes = match types {
        [] => String::new(),
        types => format!(" Takes {}.", types.join(", ")),
    };
    let each = if is_list { "Each: give" } else { "Give" };
    let forms = "base64 text, a `data:` URI, or `file:` and the name of a file in the directory that the operator \
                 of this server allowed.";
    InputPlan {
        name: chosen.name.clone(),
        wire: chosen.wire.clone(),
        description: format!("{own} {each} {forms}{takes}")
            .trim_start()
            .to_owned(),
        provenance: chosen.provenance,
        encoding,
        required: chosen.required,
        clearable: false,
        ty: if is_list {
            RustType::List(Box::new(RustType::Upload))
        } else {
            RustType::Upload
        },
        limits: limits(&api.resolve(&chosen.schema).ty),
    }
}

/// No file is empty, and of several there are as many as the vendor takes.
fn limits(ty: &Type) -> Vec<Limit> {
    let own = vec![Limit::MinLength(1)];
    match ty {
        Type::List(_, limits) => [limits.clone(), vec![Limit::Each(own)]].concat(),
        _ => own,
    }
}

/// Puts the input of its name behind each file of a form, unless another input is called so.
pub(super) fn with_names(inputs: &mut Vec<InputPlan>) {
    let taken: Vec<String> = inputs.iter().map(|it| it.name.clone()).collect();
    for index in (0..inputs.len()).rev() {
        let file = &inputs[index];
        let name = format!("{}_name", file.name);
        let is_one = file.ty == RustType::Upload && matches!(file.encoding, Encoding::File(_));
        if !is_one || taken.contains(&name) || name.len() > 64 {
            continue;
        }
        let description = format!(
            "Name of the file in `{}`, with its extension. Left out: the name that it has already, or one after its type.",
            file.name
        );
        let wire = file.wire.clone();
        let limits = vec![
            Limit::MinLength(1),
            Limit::MaxLength(NAME),
            Limit::Pattern(PLAIN.to_owned()),
        ];
        inputs.insert(
            index + 1,
            text(name, wire, description, Encoding::FileName, limits),
        );
    }
}

/// Where an answered file goes.
pub(super) fn save_as(answer: &AnswerPlan) -> Option<InputPlan> {
    let AnswerPlan::File { .. } = answer else {
        return None;
    };
    let description = "Save the file under this new name, relative to the directory that the operator of this server \
                       allowed (option --files), instead of answering its bytes. No file is overwritten.";
    Some(text(
        "save_as".to_owned(),
        "save_as".to_owned(),
        description.to_owned(),
        Encoding::SaveAs,
        vec![Limit::MinLength(1), Limit::MaxLength(PATH)],
    ))
}

fn text(
    name: String,
    wire: String,
    description: String,
    encoding: Encoding,
    limits: Vec<Limit>,
) -> InputPlan {
    InputPlan {
        name,
        wire,
        description,
        provenance: Provenance::Unmarked,
        encoding,
        required: false,
        clearable: false,
        ty: RustType::Text(None),
        limits,
    }
}
