//! Styles: how values are serialized as text (OpenAPI 3.0.4 §4.7.12.2, RFC 6570).
//!
//! Input: a value's tree, a parameter's name and style. Output: text for a path, a query, a header,
//! a cookie or a form. Invariants: one table defines the text before, between and after the parts
//! of a value. A decoder gets each part exactly, or there is no request.

use crate::request::tree::Tree;
use crate::wire::percent::{Keep, encode};

/// The serialization style of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    form: Form,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Simple,
    Label,
    Matrix,
    Query,
    Spaces,
    Pipes,
    Deep,
    Json,
}

impl Style {
    /// `blue,black,brown`: paths and headers.
    pub const SIMPLE: Self = Self::of(Form::Simple);
    /// `.blue,black,brown`: paths.
    pub const LABEL: Self = Self::of(Form::Label);
    /// `;color=blue,black,brown`: paths.
    pub const MATRIX: Self = Self::of(Form::Matrix);
    /// `color=blue,black,brown`: queries, cookies and forms. [Exploded](Self::exploded):
    /// `color=blue&color=black`.
    pub const FORM: Self = Self::of(Form::Query);
    /// `color=blue%20black%20brown`: queries and forms.
    pub const SPACE_DELIMITED: Self = Self::of(Form::Spaces);
    /// `color=blue%7Cblack%7Cbrown`: queries and forms.
    pub const PIPE_DELIMITED: Self = Self::of(Form::Pipes);
    /// `color%5BR%5D=100&color%5BG%5D=200`: queries and forms. Nested parts add brackets, items add
    /// their index.
    pub const DEEP_OBJECT: Self = Self::of(Form::Deep);
    /// JSON as one text, for `content: {application/json: …}`.
    pub const JSON: Self = Self::of(Form::Json);

    const fn of(form: Form) -> Self {
        Self { form, explode: false, reserved: false }
    }

    /// Separates the parts: `explode: true`.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// Keeps reserved characters except `#[]&+`, which a query cannot hold: `allowReserved: true`.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    fn keep(self) -> Keep {
        if self.reserved { Keep::Reserved } else { Keep::Unreserved }
    }

    /// Returns a percent-encoded value for a path.
    ///
    /// # Errors
    /// Returns a message if the value is null, or if a part contains a delimiter that cannot be
    /// escaped.
    pub(crate) fn path(self, name: &str, value: &Tree) -> Result<String, String> {
        let row = self.row();
        let encoded = |text: &str| percent(text, Keep::Unreserved);
        // The case of nearly all path parameters.
        if let (Form::Simple, Some(text)) = (self.form, value.text()) {
            return Ok(encoded(text));
        }
        let name = encoded(name);
        let parts = match (self.form, parts(value)?) {
            (Form::Json, _) => return Ok(encoded(&value.to_json())),
            (_, Parts::One(text)) => vec![named(row.named, &name, &encoded(&text))],
            (_, Parts::List(items)) => {
                let items = row.apart(items.iter().map(|item| (item.as_str(), encoded(item))))?;
                if self.explode {
                    items.iter().map(|item| named(row.named, &name, item)).collect()
                } else if items.is_empty() {
                    vec![]
                } else {
                    vec![named(row.named, &name, &items.join(","))]
                }
            }
            (_, Parts::Object(members)) => {
                let flat = members.iter().flat_map(|(key, text)| [key, text]);
                let flat = row.apart(flat.map(|part| (part.as_str(), encoded(part))))?;
                if self.explode {
                    flat.chunks(2).map(|member| member.join("=")).collect()
                } else if flat.is_empty() {
                    vec![]
                } else {
                    vec![named(row.named, &name, &flat.join(","))]
                }
            }
        };
        let first = if parts.is_empty() { "" } else { row.first };
        Ok(format!("{first}{}", parts.join(row.between)))
    }

    /// Returns a value as percent-encoded pairs of name and text, for a query, cookies or a form.
    ///
    /// # Errors
    /// Returns a message if the value is null, or if a part contains a delimiter that cannot be
    /// escaped.
    pub(crate) fn pairs(
        self,
        name: &str,
        value: &Tree,
        keep: Option<Keep>,
    ) -> Result<Vec<(String, String)>, String> {
        let keep = keep.unwrap_or(self.keep());
        let encoded = |text: &str| percent(text, keep);
        // Reserved characters in names are always encoded.
        let key = |text: &str| percent(text, if keep == Keep::Reserved { Keep::Unreserved } else { keep });
        let mut row = self.row();
        if keep == Keep::Reserved && row.between == "," {
            row.taken = Some(',');
        }
        match (self.form, value) {
            (Form::Json, _) => return Ok(vec![(key(name), encoded(&value.to_json()))]),
            (Form::Deep, _) => {
                let mut pairs = Vec::new();
                deep(name.to_owned(), value, &mut |name, text| pairs.push((key(name), encoded(text))))?;
                return Ok(pairs);
            }
            _ => {}
        }
        Ok(match parts(value)? {
            Parts::One(text) => vec![(key(name), encoded(&text))],
            Parts::List(items) if self.explode => {
                items.iter().map(|item| (key(name), encoded(item))).collect()
            }
            Parts::Object(members) if self.explode => {
                members.iter().map(|(member, text)| (key(member), encoded(text))).collect()
            }
            Parts::List(items) => {
                let parts = row.apart(items.iter().map(|item| (item.as_str(), encoded(item))))?;
                one(key(name), parts, row.between)
            }
            Parts::Object(members) => {
                let flat = members.iter().flat_map(|(member, text)| [member, text]);
                let parts = row.apart(flat.map(|part| (part.as_str(), encoded(part))))?;
                one(key(name), parts, row.between)
            }
        })
    }

    /// Returns a value for a header. OpenAPI defines no encoding there. Returns `None` if the value
    /// has no parts.
    ///
    /// # Errors
    /// Returns a message if the value is null, or if a part contains the delimiter.
    pub(crate) fn header(self, value: &Tree) -> Result<Option<String>, String> {
        if self.form == Form::Json {
            return Ok(Some(ascii(&value.to_json())));
        }
        let part = |text: &str| apart(text, Some(',')).map(|()| text.to_owned());
        let parts: Vec<String> = match parts(value)? {
            Parts::One(text) => return Ok(Some(text)),
            Parts::List(items) => items.iter().map(|item| part(item)).collect::<Result<_, _>>()?,
            Parts::Object(members) => {
                let joint = if self.explode { "=" } else { "," };
                let member = |(key, text): &(String, String)| {
                    apart(key, Some('=').filter(|_| self.explode))?;
                    Ok(format!("{}{joint}{}", part(key)?, part(text)?))
                };
                members.iter().map(member).collect::<Result<_, String>>()?
            }
        };
        Ok(Some(parts.join(",")).filter(|_| !parts.is_empty()))
    }

    fn row(self) -> Row {
        let (first, between, named, taken) = match (self.form, self.explode) {
            (Form::Label, false) => (".", ",", false, None),
            (Form::Label, true) => (".", ".", false, Some('.')),
            (Form::Matrix, _) => (";", ";", true, None),
            (Form::Spaces, _) => ("", "%20", false, Some(' ')),
            (Form::Pipes, _) => ("", "%7C", false, Some('|')),
            _ => ("", ",", false, None),
        };
        Row { first, between, named, taken }
    }
}

/// The text around the parts: a sign before the first, a sign between two, and whether each has its
/// name.
struct Row {
    first: &'static str,
    between: &'static str,
    named: bool,
    /// A character that no part may contain, because it is the delimiter when encoded (OpenAPI
    /// 3.0.4, Appendix E).
    taken: Option<char>,
}

impl Row {
    /// Returns the encoded parts, if none contains the delimiter.
    fn apart<'a>(&self, parts: impl Iterator<Item = (&'a str, String)>) -> Result<Vec<String>, String> {
        parts.map(|(text, encoded)| apart(text, self.taken).map(|()| encoded)).collect()
    }
}

fn apart(text: &str, taken: Option<char>) -> Result<(), String> {
    match taken.filter(|sign| text.contains(*sign)) {
        Some(sign) => Err(format!("a part with `{sign}`, which would be taken for two")),
        None => Ok(()),
    }
}

/// The parts of a value, one level deep. Nested parts are JSON.
enum Parts {
    One(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// Returns the parts of a value. Null in a list or object is omitted as undefined (RFC 6570 §2.3).
fn parts(value: &Tree) -> Result<Parts, String> {
    Ok(match value {
        Tree::Null => return Err("null, which is no text".to_owned()),
        Tree::Literal(text) | Tree::Text(text) => Parts::One(text.clone()),
        Tree::List(items) => {
            Parts::List(items.iter().filter(|item| **item != Tree::Null).map(Tree::to_text).collect())
        }
        Tree::Object(members) => {
            let there = members.iter().filter(|(_, value)| *value != Tree::Null);
            Parts::Object(there.map(|(key, value)| (key.clone(), value.to_text())).collect())
        }
    })
}

fn named(named: bool, name: &str, text: &str) -> String {
    match (named, text) {
        (true, "") => name.to_owned(),
        (true, text) => format!("{name}={text}"),
        (false, text) => text.to_owned(),
    }
}

fn one(name: String, parts: Vec<String>, between: &str) -> Vec<(String, String)> {
    if parts.is_empty() { vec![] } else { vec![(name, parts.join(between))] }
}

/// Calls `pair` with `name[key][0]` and its text, for each text in a value.
fn deep(name: String, value: &Tree, pair: &mut impl FnMut(&str, &str)) -> Result<(), String> {
    match value {
        Tree::Null => {}
        Tree::Literal(text) | Tree::Text(text) => pair(&name, text),
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(format!("{name}[{index}]"), item, pair)?;
            }
        }
        Tree::Object(members) => {
            for (key, value) in members {
                ['[', ']'].into_iter().try_for_each(|sign| apart(key, Some(sign)))?;
                deep(format!("{name}[{key}]"), value, pair)?;
            }
        }
    }
    Ok(())
}

fn percent(text: &str, keep: Keep) -> String {
    let mut out = String::with_capacity(text.len());
    encode(text, keep, &mut out);
    out
}

/// Returns JSON in ASCII only, for headers.
fn ascii(json: &str) -> String {
    let mut units = [0; 2];
    json.chars()
        .map(|c| match c.is_ascii() {
            true => c.to_string(),
            false => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    fn list(items: &[&str]) -> Tree {
        Tree::List(items.iter().map(|item| text(item)).collect())
    }

    fn object(members: &[(&str, Tree)]) -> Tree {
        Tree::Object(members.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    }

    fn query(style: Style, value: &Tree) -> String {
        let pairs = style.pairs("color", value, None).unwrap();
        pairs.into_iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join("&")
    }

    fn values() -> [Tree; 4] {
        let number = |number: &str| Tree::Literal(number.to_owned());
        [
            text(""),
            text("blue"),
            list(&["blue", "black", "brown"]),
            object(&[("R", number("100")), ("G", number("200")), ("B", number("150"))]),
        ]
    }

    /// OpenAPI 3.0.4 §4.7.12.4, "Style Examples", row by row: empty, string, array, object. `-` is
    /// `n/a` there.
    #[test]
    fn each_cell_of_the_style_examples() {
        const COLORS: &str = "color=blue&color=black&color=brown";
        for (style, expected) in [
            (Style::MATRIX, [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
            (
                Style::MATRIX.exploded(),
                [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
            ),
            (Style::LABEL, [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
            (Style::LABEL.exploded(), [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
            (Style::SIMPLE, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
            (Style::SIMPLE.exploded(), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        ] {
            for (value, expected) in values().iter().zip(expected) {
                assert_eq!(style.path("color", value).unwrap(), expected, "{style:?}");
            }
        }
        for (style, expected) in [
            (Style::FORM, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
            (Style::FORM.exploded(), ["color=", "color=blue", COLORS, "R=100&G=200&B=150"]),
            (
                Style::SPACE_DELIMITED,
                ["-", "-", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
            ),
            (Style::SPACE_DELIMITED.exploded(), ["-"; 4]),
            (
                Style::PIPE_DELIMITED,
                ["-", "-", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
            ),
            (Style::PIPE_DELIMITED.exploded(), ["-"; 4]),
            (Style::DEEP_OBJECT, ["-"; 4]),
            (
                Style::DEEP_OBJECT.exploded(),
                ["-", "-", "-", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
            ),
        ] {
            for (value, expected) in values().iter().zip(expected).filter(|(_, expected)| *expected != "-") {
                assert_eq!(query(style, value), expected, "{style:?}");
            }
        }
    }

    #[test]
    fn headers_are_simple_and_not_encoded() {
        let header = |style: Style, value: &Tree| style.header(value);
        let [empty, string, array, object] = values();
        assert_eq!(header(Style::SIMPLE, &empty), Ok(Some(String::new())));
        assert_eq!(header(Style::SIMPLE, &string).unwrap().unwrap(), "blue");
        assert_eq!(header(Style::SIMPLE, &array).unwrap().unwrap(), "blue,black,brown");
        assert_eq!(header(Style::SIMPLE, &object).unwrap().unwrap(), "R,100,G,200,B,150");
        assert_eq!(header(Style::SIMPLE.exploded(), &object).unwrap().unwrap(), "R=100,G=200,B=150");
        assert_eq!(header(Style::SIMPLE, &text("a, b %")).unwrap().unwrap(), "a, b %");
        assert_eq!(
            header(Style::JSON, &list(&["é👩", "\""])).unwrap().unwrap(),
            r#"["\u00e9\ud83d\udc69","\""]"#
        );
        assert_eq!(header(Style::SIMPLE, &list(&[])), Ok(None));
        assert!(header(Style::SIMPLE, &list(&["a,b"])).is_err());
        assert!(header(Style::SIMPLE, &Tree::Null).is_err());
    }

    #[test]
    fn a_delimiter_in_a_part_is_encoded() {
        let awkward = list(&["a,b", "c d|e", "é&="]);
        assert_eq!(query(Style::FORM, &awkward), "color=a%2Cb,c%20d%7Ce,%C3%A9%26%3D");
        assert_eq!(query(Style::FORM.exploded(), &awkward), "color=a%2Cb&color=c%20d%7Ce&color=%C3%A9%26%3D");
        assert_eq!(
            query(Style::FORM.reserved(), &text("a/b?c=d&e#[f]+g%20")),
            "color=a/b?c=d%26e%23%5Bf%5D%2Bg%2520"
        );
        assert_eq!(Style::SIMPLE.path("color", &awkward).unwrap(), "a%2Cb,c%20d%7Ce,%C3%A9%26%3D");
        assert_eq!(Style::MATRIX.path("a b", &text("c;d")).unwrap(), ";a%20b=c%3Bd");
    }

    #[test]
    fn a_delimiter_that_has_no_other_spelling_is_refused() {
        for (style, part) in [(Style::SPACE_DELIMITED, "a b"), (Style::PIPE_DELIMITED, "a|b")] {
            for value in [list(&["c", part]), object(&[("c", text(part))]), object(&[(part, text("c"))])] {
                assert!(style.pairs("color", &value, None).is_err(), "{style:?} {value:?}");
                assert!(style.exploded().pairs("color", &value, None).is_ok());
            }
            assert!(style.pairs("color", &text(part), None).is_ok());
        }
        // A key with brackets would be read as two keys.
        for key in ["a][b", "a[b", "a]b", "["] {
            let value = object(&[("x", object(&[(key, text("c"))]))]);
            assert!(Style::DEEP_OBJECT.pairs("color", &value, None).is_err(), "{key}");
        }
        let reserved = Style::FORM.reserved();
        assert!(reserved.pairs("color", &list(&["a,b"]), None).is_err());
        assert!(reserved.pairs("color", &object(&[("a", text("b,c"))]), None).is_err());
        assert_eq!(query(reserved.exploded(), &list(&["a,b", "c"])), "color=a,b&color=c");
        assert_eq!(reserved.pairs("color", &list(&["a,b"]), Some(Keep::Form)).unwrap()[0].1, "a%2Cb");
        let pair = object(&[("a=b", text("c=d"))]);
        assert!(Style::SIMPLE.exploded().header(&pair).is_err());
        assert_eq!(Style::SIMPLE.header(&pair), Ok(Some("a=b,c=d".to_owned())));
        let label = Style::LABEL;
        let problem = label.exploded().path("color", &list(&["1.5"])).unwrap_err();
        assert_eq!(problem, "a part with `.`, which would be taken for two");
        assert!(label.exploded().path("color", &object(&[("a", text("1.5"))])).is_err());
        assert_eq!(label.path("color", &list(&["1.5", "2"])).unwrap(), ".1.5,2");
    }

    #[test]
    fn lists_and_objects_may_be_empty_or_hold_null() {
        let (none, nothing) = (list(&[]), object(&[]));
        for style in [Style::FORM, Style::FORM.exploded(), Style::SPACE_DELIMITED, Style::DEEP_OBJECT] {
            assert_eq!((query(style, &none), query(style, &nothing)), (String::new(), String::new()));
        }
        for style in [Style::SIMPLE, Style::LABEL, Style::MATRIX, Style::MATRIX.exploded()] {
            assert_eq!(
                (style.path("a", &none), style.path("a", &nothing)),
                (Ok(String::new()), Ok(String::new()))
            );
        }
        let some = Tree::List(vec![Tree::Null, text("a"), Tree::Null]);
        assert_eq!(query(Style::FORM, &some), "color=a");
        assert!(Style::FORM.pairs("color", &Tree::Null, None).is_err());
        assert!(Style::SIMPLE.path("color", &Tree::Null).is_err());
    }

    #[test]
    fn parts_within_parts() {
        let inner =
            object(&[("a", list(&["x", "y"])), ("b", object(&[("c", text("z"))])), ("n", Tree::Null)]);
        assert_eq!(
            query(Style::DEEP_OBJECT, &inner),
            "color%5Ba%5D%5B0%5D=x&color%5Ba%5D%5B1%5D=y&color%5Bb%5D%5Bc%5D=z"
        );
        assert_eq!(query(Style::DEEP_OBJECT, &list(&["x"])), "color%5B0%5D=x");
        assert_eq!(query(Style::FORM, &inner), "color=a,%5B%22x%22%2C%22y%22%5D,b,%7B%22c%22%3A%22z%22%7D");
        assert_eq!(query(Style::JSON, &list(&["a b"])), "color=%5B%22a%20b%22%5D");
    }
}
