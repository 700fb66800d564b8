//! Tests of [`DocText`]: documents' texts, and how rustdoc would interpret the result.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::*;

#[track_caller]
fn shown(text: &str, expected: &[&str]) {
    let lines = DocText::markdown(text).lines();
    assert_eq!(lines, expected);
    assert!(is_inert(&lines));
}

/// Returns true if rustdoc only shows these lines.
fn is_inert(lines: &[String]) -> bool {
    let rustdoc = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let text = lines.join("\n");
    let parser = Parser::new_ext(&text, rustdoc);
    let has_definitions = parser.reference_definitions().iter().next().is_some();
    !has_definitions
        && parser.into_iter().all(|event| match event {
            Event::Start(Tag::CodeBlock(kind)) => kind == CodeBlockKind::Fenced("text".into()),
            Event::Start(Tag::Link { dest_url, .. }) => inline::is_linkable(&dest_url),
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_)) => false,
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => false,
            _ => true,
        })
}

#[test]
fn code_blocks_are_text() {
    shown("```rust\npanic!()\n```", &["```text", "panic!()", "```"]);
    shown("a\n\n    indented", &["a", "", "```text", "indented", "```"]);
    shown("~~~\n```\n~~~", &["````text", "```", "````"]);
    shown("* a\n  ```\n  x\n\n  y\n  ```", &["* a", "  ```text", "  x", "", "  y", "  ```"]);
    shown("> ```\n> x\n> ```\n> y", &["> ```text", "> x", "> ```", ">", "> y"]);
}

#[test]
fn nothing_is_html_or_a_link_to_an_item() {
    shown("<blink>x</blink> [`Vec`] Page[User]", &[r"\<blink>x\</blink> \[`Vec`\] Page\[User\]"]);
    shown("[here](/relative) [there](Vec) [x]: y", &[r"here there \[x\]: y"]);
    shown("<script>\nx\n</script>", &[r"\<script> x \</script>"]);
    shown(
        "[a](javascript:x) ![b](https://x.y/z) [c](mailto:x@y.z)",
        &["a [b](https://x.y/z) [c](mailto:x@y.z)"],
    );
    shown("filter[status] <id> r#match [^1]", &[r"filter\[status\] \<id> r#match \[^1\]"]);
    shown("[x]\n\n[x]: https://x.y", &["[x](https://x.y)"]);
}

#[test]
fn html_that_shapes_text_is_read() {
    shown("a **<b>b</b>**<br>c `<b>`<br /><br/>d", &[r"a **b**\", r"c `<b>`\", "d"]);
    shown(
        "<p>Gives a <code>list</code> of <a href=\"https://x.y/z\">things</a>.</p>\n<p>And more\nof it.</p>",
        &["Gives a `list` of [things](https://x.y/z).", "", "And more of it."],
    );
    shown("<ul>\n <li>a</li>\n <li>b<ol><li>c</ol></li>\n</ul>d", &["* a", "* b", "  1. c", "", "d"]);
    shown("a\n\n<!-- a\n\nb -->\n\nb", &["a", "", "b"]);
    shown("# a<br>b\n\n|a|\n|-|\n|<b>b</b><br>c|", &["# a b", "", "|a|", "|-|", "|**b** c|"]);
    shown("a  \nb\\\nc  ", &["a\\", "b\\", "c"]);
    shown(
        "<table style=\"x\"><tr><th>a</th><th>b</th></tr>\n<tr><td>&bull; c</td><td><ul><li>d</li></ul></td></tr></table>",
        &["|a|b|", "|-|-|", "|• c|d|"],
    );
    shown("<Note>Use &quot;eu&quot; &amp;amp;.</Note>", &[r#"\<Note>Use "eu" \&amp;.\</Note>"#]);
    shown("<pre><code>a\n  b</code></pre>", &["```text", "a", "  b", "```"]);
    shown(
        "<img src='https://x.y/z.png' alt=\"a [b]\"> <i-d> <b",
        &[r"[a \[b\]](https://x.y/z.png) \<i-d> \<b"],
    );
}

#[test]
fn bare_addresses_are_links() {
    shown("See https://example.com/a_b?c=d&e=f.", &["See <https://example.com/a_b?c=d&e=f>."]);
    shown("http://x (https://example.com), http://", &["<http://x> (<https://example.com>), http://"]);
    shown("[docs](https://example.com/x)", &["[docs](https://example.com/x)"]);
    shown("[![](https://x.y/z)](https://x.y) a!<https://x.y>", &["<https://x.y> a!<https://x.y>"]);
    shown("Look\\![a](https://x.y)", &[r"Look\![a](https://x.y)"]);
}

#[test]
fn long_lines_are_broken_where_no_block_begins() {
    let words = "word ".repeat(19);
    let lines = DocText::markdown(&format!("* {words}- {words}1. {}", words.trim_end())).lines();
    assert!(lines.len() > 2 && lines.iter().all(|line| line.len() <= 100), "{lines:?}");
    assert!(lines[1..].iter().all(|line| line.starts_with("  word")), "{lines:?}");
}

#[test]
fn quotes_go_on_as_quotes() {
    let lines = DocText::markdown(&format!("> {}", "word ".repeat(40))).lines();
    assert!(lines.len() > 1 && lines.iter().all(|line| line.starts_with("> word")), "{lines:?}");
}

#[test]
fn tables_are_tables() {
    let long = "word ".repeat(30);
    shown(
        &format!("| a | b |\n|:--|--:|\n| <i>x</i> \\| `y` | {long} |\n\nafter | that"),
        &["|a|b|", "|:-|-:|", &format!(r"|*x* \| `y`|{}|", long.trim_end()), "", r"after \| that"],
    );
    shown(
        "|a|b|\n|-|-|\n|`x\\|y`|[l](https://x.y/\\|z)|",
        &["|a|b|", "|-|-|", r"|`x\|y`|[l](https://x.y/%7Cz)|"],
    );
    shown(
        "> |a|\n> |-|\n> |b|\n\n* c\n\n  |d|\n  |-|",
        &["> |a|", "> |-|", "> |b|", "", "* c", "", "  |d|", "  |-|"],
    );
    shown("| no table", &[r"\| no table"]);
}

#[test]
fn control_characters_are_shown() {
    shown("a\r\nb\rc\u{202e}d\0 &#x202e; `\u{2066}`", &["a b cU+202EdU+0000 U+202E `U+2066`"]);
    shown("zero\u{200b}width \u{feff}x", &["zerowidth x"]);
    assert_eq!(DocText::line([code("`\u{2066}\n\u{200b}")]).lines(), ["`` `U+2066 U+200B ``"]);
    assert_eq!(DocText::line([text("a\r/// b\n# c")]).lines(), ["a /// b # c"]);
}

#[test]
fn texts_are_composed_as_blocks() {
    let table = DocText::markdown("|a|\n|-|").named("x");
    assert_eq!(DocText::list([table]).lines(), ["* `x`:", "", "  |a|", "  |-|"]);
    let quote = DocText::markdown("> ```\n> x").named("x");
    let both = DocText::list([quote, DocText::fixed("See [`Client`].").named("y")]);
    let expected = ["* `x`:", "", "  > ```text", "  > x", "  > ```", "", "* `y`: See [`Client`]."];
    assert_eq!(both.lines(), expected);
    assert_eq!(DocText::title("# a").lines(), [r"\# a"]);
    assert_eq!(DocText::title("Lists `x`").stopped().lines(), ["Lists `x`."]);
    assert_eq!(DocText::line([item("Client::r#match"), text(": x")]).lines(), [r"[`Client::match`]\: x"]);
    assert_eq!(DocText::line([item("a b")]).lines(), ["`a b`"]);
}

#[test]
fn depth_and_size_are_bounded() {
    for mark in ["> ", "> - ", "- ", "1. ", ">", "<ul><li>", "*_", "[", "![", "<b>"] {
        let lines = DocText::markdown(&format!("{}x", mark.repeat(20_000))).lines();
        assert!(is_inert(&lines), "{mark}");
        let length: usize = lines.iter().map(String::len).sum();
        assert!(length < 300_000, "{mark}: {length}");
    }
    let lines = DocText::markdown(&"word ".repeat(1 << 20)).lines();
    assert_eq!(
        lines.last().map(String::as_str),
        Some("… (4980736 more bytes of this text stand in the document.)")
    );
}

/// Random texts of all characters that CommonMark interprets, the same in each run.
#[test]
fn no_text_is_more_than_shown() {
    const PARTS: &[&str] = &[
        "```",
        "``",
        "`",
        "````",
        "rust ",
        "should_panic ",
        "fn main() {} ",
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\n    code\n",
        "\n```\n",
        "\r",
        "> ",
        "* ",
        "- ",
        "+ ",
        "1. ",
        "12345678. ",
        "2024 ",
        "~~~",
        "~~",
        "[",
        "]",
        "(",
        ")",
        "!",
        "<",
        ">",
        "<pre>",
        "</pre>",
        "<p>",
        "</p>",
        "\n<p>",
        "<code>",
        "</code>",
        "<table>",
        "<td>",
        "<ul>",
        "<pre>\n",
        "<h1>",
        "\\|",
        "`a\\|b`",
        "![",
        "](https://x.y)",
        "&lt;b&gt;",
        "\u{200b}",
        ":",
        "<br>",
        "<b>",
        "<li>",
        "<a href='https://x.y'>",
        "</a>",
        "<!-- ",
        "-->",
        "|",
        "|---|---|",
        "\n|---|---|\n|",
        "a|b",
        "#",
        "# ",
        "---",
        "===",
        "_",
        "**",
        "\\",
        "&#96;&#96;&#96;",
        "&nbsp;",
        "\u{a0}",
        "http://x.y/",
        "[^1]: ",
        "- [ ] ",
        "word ",
        "word word word word word word word word word word word word word word word word word word ",
    ];
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("small")
    };
    for _ in 0..5000 {
        let [markdown, other] =
            [40, 6].map(|most| (0..=random(most)).map(|_| PARTS[random(PARTS.len())]).collect::<String>());
        let read = DocText::markdown(&markdown);
        assert!(is_inert(&read.lines()), "{markdown:?}");
        let cell = format!("|a|b|\n|-|-|\n|{}|{}|", other.replace('\n', " "), markdown.replace('\n', " "));
        let table = DocText::markdown(&cell);
        assert!(is_inert(&table.lines()), "{cell:?}");
        let composed = [
            DocText::title(&other),
            read.named(&other),
            DocText::list([
                DocText::line([text(&other), code(&other), text(&markdown), code(&markdown)]),
                table.named(&markdown),
                DocText::line([code(&markdown), code(&other)]).prefixed([text(&other)]),
            ]),
        ];
        for text in composed {
            assert!(is_inert(&text.lines()), "{markdown:?} {other:?}");
        }
    }
}
