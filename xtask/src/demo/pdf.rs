//! A one-page PDF that says one line: something to sign.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// A document with this line, as base64 text.
pub(super) fn document(line: &str) -> String {
    STANDARD.encode(pdf(line))
}

fn pdf(line: &str) -> String {
    let line: String = line
        .chars()
        .filter(|it| it.is_ascii_graphic() || *it == ' ')
        .collect();
    let line = line.replace('\\', "").replace(['(', ')'], "");
    let text = format!("BT /F1 18 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = "0000000000 65535 f \n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let (size, start) = (objects.len() + 1, pdf.len());
    pdf + &format!(
        "xref\n0 {size}\n{places}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_where_each_object_begins() {
        let pdf = pdf("Proposal (1) ä\\");
        assert!(pdf.contains("(Proposal 1 ) Tj"), "{pdf}");
        let places = pdf.lines().filter(|it| it.ends_with(" 00000 n "));
        let places: Vec<usize> = places.map(|it| it[..10].parse().unwrap()).collect();
        assert_eq!(places.len(), 5);
        for (index, place) in places.iter().enumerate() {
            assert!(pdf[*place..].starts_with(&format!("{} 0 obj", index + 1)));
        }
        let start = pdf
            .split("startxref\n")
            .nth(1)
            .and_then(|it| it.lines().next());
        let start: usize = start.unwrap().parse().unwrap();
        assert!(pdf[start..].starts_with("xref"));
    }
}
