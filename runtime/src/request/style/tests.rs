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

/// `collectionFormat` of OpenAPI 2.0 in other locations than the query.
#[test]
fn delimiters_of_2_0_in_paths_and_headers() {
    for (style, path, header) in [
        (Style::SPACE_DELIMITED, "a%20b%2C%7Cc", "a b,|c"),
        (Style::PIPE_DELIMITED, "a%7Cb%2C%20c", "a|b, c"),
        (Style::TAB_DELIMITED, "a%09b%2C%20c", "a\tb, c"),
    ] {
        let second = if style == Style::SPACE_DELIMITED { "b,|c" } else { "b, c" };
        let value = list(&["a", second]);
        assert_eq!(style.path("color", &value).as_deref(), Ok(path));
        assert_eq!(style.header(&value), Ok(Some(header.to_owned())));
        assert!(style.header(&list(&[header])).is_err());
        assert!(style.path("color", &list(&[header])).is_err());
    }
    assert_eq!(query(Style::TAB_DELIMITED, &list(&["a", "b"])), "color=a%09b");
}

#[test]
fn a_list_in_an_exploded_object_is_repeated() {
    let value = object(&[
        ("a", list(&["b,c", "d"])),
        ("e", Tree::List(vec![])),
        ("f", Tree::Null),
        ("g", object(&[("h", text("i"))])),
        ("j", Tree::List(vec![Tree::Null, list(&["k"])])),
    ]);
    let expected = "a=b%2Cc&a=d&g=%7B%22h%22%3A%22i%22%7D&j=%5B%22k%22%5D";
    assert_eq!(query(Style::FORM.exploded(), &value), expected);
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
    for (style, part) in
        [(Style::SPACE_DELIMITED, "a b"), (Style::PIPE_DELIMITED, "a|b"), (Style::TAB_DELIMITED, "a\tb")]
    {
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
    let inner = object(&[("a", list(&["x", "y"])), ("b", object(&[("c", text("z"))])), ("n", Tree::Null)]);
    assert_eq!(
        query(Style::DEEP_OBJECT, &inner),
        "color%5Ba%5D%5B0%5D=x&color%5Ba%5D%5B1%5D=y&color%5Bb%5D%5Bc%5D=z"
    );
    assert_eq!(query(Style::DEEP_OBJECT, &list(&["x"])), "color%5B0%5D=x");
    assert_eq!(query(Style::FORM, &inner), "color=a,%5B%22x%22%2C%22y%22%5D,b,%7B%22c%22%3A%22z%22%7D");
    assert_eq!(query(Style::JSON, &list(&["a b"])), "color=%5B%22a%20b%22%5D");
}

#[test]
fn a_cookie_of_its_own_style_is_sent_as_it_is() {
    let cookie = Style::FORM.reserved();
    let pairs = |value: &Tree| cookie.cookies("c", value);
    let one = |text: &str| vec![("c".to_owned(), text.to_owned())];
    assert_eq!(pairs(&text("a=b%20&c/")).unwrap(), one("a=b%20&c/"));
    assert_eq!(pairs(&list(&["blue", "black"])).unwrap(), one("blue,black"));
    for refused in ["a b", "a;b", "a\"b", "a\\b", "é", "a\nb"] {
        assert!(pairs(&text(refused)).is_err(), "{refused}");
    }
    assert!(pairs(&list(&["a,b"])).is_err());
    assert_eq!(Style::FORM.cookies("c", &text("a b;")).unwrap(), one("a%20b%3B"));
}
