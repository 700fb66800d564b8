//! Markdown: CommonMark of a document in, lines of rustdoc out that are safe and clean.
//!
//! The one rule: nothing of a document is compiled, run, rendered as HTML or resolved as a link to an item.
//! Code blocks are `text`, HTML that only shapes text is left out and other is shown as it is written, bare URLs are links, brackets are escaped. What is written
//! is read again as rustdoc reads it, and shown as one block of text where anything else would come of it.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TextMergeStream};
use pulldown_cmark_to_cmark::cmark_with_options;

use super::clean::{Cleaner, GUARDS, is_web};

/// What of Markdown beyond CommonMark is read and written: the tables of GitHub's, which rustdoc shows.
const EXTENSIONS: Options = Options::ENABLE_TABLES;

/// Characters of the longest line of prose.
const WIDTH: usize = 96;

/// A text as a code span (CommonMark 0.31 §6.1), on one line.
pub(in crate::emit) fn code(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    let fence = fence(&text, 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Backticks that close nothing that is open in the text: one more than it has in a row, and this many at least.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(least.max(longest + 1))
}

/// A document's CommonMark as lines of rustdoc.
pub(in crate::emit) fn markdown(text: &str) -> Vec<String> {
    let text = visible(text);
    rewritten(&text).filter(|lines| is_inert(lines)).unwrap_or_else(|| {
        let fence = fence(&text, 3);
        let lines = text.lines().map(|line| line.trim_end().to_owned());
        [format!("{fence}text")].into_iter().chain(lines).chain([fence.clone()]).collect()
    })
}

/// Whether rustdoc does no more with these lines than to show them.
fn is_inert(lines: &[String]) -> bool {
    let rustdoc = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(&lines.join("\n"), rustdoc).all(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => kind == CodeBlockKind::Fenced("text".into()),
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => is_web(&dest_url),
        Event::Html(_) | Event::InlineHtml(_) => false,
        _ => true,
    })
}

/// The text's CommonMark, cleaned and written again in lines that are not too long; nothing where it can't be written.
fn rewritten(text: &str) -> Option<Vec<String>> {
    let parser = TextMergeStream::new(Parser::new_ext(text, EXTENSIONS));
    let mut clean = Cleaner::default();
    parser.for_each(|event| clean.push(event));
    let mut written = String::new();
    let options = pulldown_cmark_to_cmark::Options { code_block_token_count: 3, ..Default::default() };
    cmark_with_options(clean.events, &mut written, EXTENSIONS, options).ok()?;
    for (symbol, guard) in GUARDS {
        written = written.replace(guard, &format!("\\{symbol}"));
    }
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    let mut written = written.trim_end().lines().peekable();
    while let Some(line) = written.next() {
        let mark: String = line.trim_start().chars().take_while(|c| matches!(c, '`' | '~')).collect();
        match &fence {
            Some(open) if mark == *open => fence = None,
            None if mark.len() >= 3 => fence = Some(mark),
            // A row of a table is one line; a `|` that is text is escaped.
            None if line.trim_start_matches(['>', ' ']).starts_with('|') => {}
            None => {
                let is_text = |line: &&str| !line.trim_matches(['>', ' ']).is_empty();
                let goes_on = is_text(&line) && written.peek().is_some_and(is_text);
                lines.extend(wrap(line.trim_end()));
                // Spaces at the end of a line, which break it, would not last.
                if let Some(line) = lines.last_mut().filter(|_| goes_on && line.ends_with("  ")) {
                    line.push('\\');
                }
                continue;
            }
            Some(_) => {}
        }
        lines.push(line.trim_end().to_owned());
    }
    // A quote at the very start is written after a line of its mark alone.
    let text = lines.iter().position(|line: &String| !line.trim_matches(['>', ' ']).is_empty());
    lines.drain(..text.unwrap_or(lines.len()));
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    Some(lines)
}

/// Text with its control characters shown instead of obeyed: those that turn the direction of writing can make
/// code look like what it is not, and a lone carriage return is no Rust.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        match c {
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push('\n'),
            '\n' => shown.push(c),
            '\t' => shown.push_str("    "),
            c if turns || c.is_control() || GUARDS.iter().any(|(_, guard)| *guard == c) => {
                shown.push_str(&format!("U+{:04X}", c as u32))
            }
            c => shown.push(c),
        }
    }
    shown
}

/// Breaks a long line at spaces, where what comes next can't be read as the start of a block. A heading ends with its
/// line, and three backticks of a code span would begin a block on the next one: these stay as they are.
pub(super) fn wrap(line: &str) -> Vec<String> {
    let is_heading = line
        .split(' ')
        .take_while(|word| !word.contains(char::is_alphabetic))
        .any(|word| word.starts_with('#'));
    if is_heading || line.contains("```") {
        return vec![line.to_owned()];
    }
    let indent = indentation(line);
    let mut lines = Vec::new();
    let mut current = String::new();
    for (index, word) in line.split(' ').enumerate() {
        let is_full = current.chars().count() + 1 + word.chars().count() > WIDTH;
        let is_plain = word.starts_with(|c: char| c.is_alphabetic() || c == '`' || c == '(');
        if is_full && is_plain && current.contains(char::is_alphanumeric) {
            lines.push(std::mem::replace(&mut current, format!("{indent}{word}")));
        } else {
            current.push_str(if index == 0 { "" } else { " " });
            current.push_str(word);
        }
    }
    lines.push(current);
    lines
}

/// What stands before the text of a line that goes on another: the quote marks of it, and spaces for its list marker.
fn indentation(line: &str) -> String {
    let quoted = line.len() - line.trim_start_matches(['>', ' ']).len();
    let (quote, text) = line.split_at_checked(quoted).unwrap_or(("", line));
    format!("{quote}{}", " ".repeat(list_marker(text).map_or(0, |marker| marker.len() + 1)))
}

/// What makes a line an item of a list.
fn list_marker(line: &str) -> Option<&str> {
    line.split_once(' ').map(|(marker, _)| marker).filter(|marker| {
        let number = marker.strip_suffix(['.', ')']);
        matches!(*marker, "*" | "-" | "+") || number.is_some_and(|number| number.parse::<u32>().is_ok())
    })
}

/// Whether a line that was written here begins anything but a paragraph.
pub(in crate::emit) fn begins_block(line: &str) -> bool {
    line.starts_with("```") || line.starts_with(['#', '>', '|']) || list_marker(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::{code, is_inert, markdown, rewritten, visible, wrap};

    #[track_caller]
    fn shown(text: &str, expected: &[&str]) {
        assert_eq!(markdown(text), expected);
    }

    #[test]
    fn code_blocks_are_text() {
        shown("```rust\npanic!()\n```", &["```text", "panic!()", "```"]);
        shown("a\n\n    indented", &["a", "", "```text", "indented", "```"]);
        shown("~~~\n```\n~~~", &["````text", "```", "````"]);
    }

    #[test]
    fn nothing_is_html_or_a_link_to_an_item() {
        shown("<blink>x</blink> [`Vec`] Page[User]", &[r"\<blink\>x\</blink\> \[`Vec`\] Page\[User\]"]);
        shown("[here](/relative) [there](Vec) [x]: y", &[r"here there \[x\]: y"]);
        shown("<script>\nx\n</script>", &[r"\<script\>", "x", r"\</script\>"]);
    }

    #[test]
    fn html_that_only_shapes_text_is_left_out() {
        shown("a **<b>b</b>**<br>c `<b>`<br /><br/>d", &["a **b**\\", "c `<b>`\\", "d"]);
        shown(
            "<p>Gives a <code>list</code> of <a href=\"https://x.y/z\">things</a>.</p>\n<p>And more\nof it.</p>",
            &["Gives a list of things (<https://x.y/z>).", "", "And more", "of it."],
        );
        shown("<ul>\n <li>a</li>\n <li>b</li>\n</ul>", &["• a\\", "• b"]);
        shown("a\n\n<!-- a\n\nb -->\n\nb", &["a", "", "b"]);
        shown("# a<br>b\n\n|a|\n|-|\n|<b>b</b><br>c|", &["# a b", "", "|a|", "|-|", "|b c|"]);
        shown("a  \nb\\\nc  ", &["a\\", "b\\", "c"]);
    }

    #[test]
    fn bare_addresses_are_links() {
        shown("See https://example.com/a_b?c=d&e=f.", &["See <https://example.com/a_b?c=d&e=f>."]);
        shown("http://x (https://example.com), http://", &["<http://x> (<https://example.com>), http://"]);
        shown("[docs](https://example.com/x)", &["[docs](https://example.com/x)"]);
    }

    #[test]
    fn long_lines_are_broken_where_no_block_begins() {
        let words = "word ".repeat(19);
        let lines = wrap(&format!("* {words}- {}", words.trim_end()));
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() <= 100), "{lines:?}");
        assert!(lines[1..].iter().all(|line| line.starts_with("  word")), "{lines:?}");
    }

    #[test]
    fn quotes_go_on_as_quotes() {
        let lines = markdown(&format!("> {}", "word ".repeat(40)));
        assert!(
            lines.len() > 1 && lines.iter().all(|line| line.trim_start().starts_with("> word")),
            "{lines:?}"
        );
    }

    #[test]
    fn tables_are_tables() {
        let long = "word ".repeat(30);
        shown(
            &format!("| a | b |\n|:--|--:|\n| <i>x</i> \\| `y` | {long} |\n\nafter | that"),
            &["|a|b|", "|:-|-:|", &format!(r"|x \| `y`|{}|", long.trim_end()), "", r"after \| that"],
        );
        shown(
            "|a|b|\n|-|-|\n|`x\\|y`|[l](https://x.y/\\|z)|",
            &["|a|b|", "|-|-|", r"|`x\|y`|[l](https://x.y/%7Cz)|"],
        );
        shown(
            "> |a|\n> |-|\n> |b|\n\n* c\n\n  |d|\n  |-|",
            &[" > |a|", " > |-|", " > |b|", "", "* c", "", "  |d|", "  |-|"],
        );
        shown("| no table", &[r"\| no table"]);
    }

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(visible("a\r\nb\rc\u{202e}d\0"), "a\nb\ncU+202EdU+0000");
        assert_eq!(code("`\u{2066}"), "`` `U+2066 ``");
    }

    #[test]
    fn a_break_begins_no_block() {
        let span = "```".to_owned() + &"rust ".repeat(30) + "std::process::abort() // ``` `` ````";
        for before in ["word ".repeat(18), String::new(), "* ".to_owned(), "> 1. ".to_owned()] {
            for text in [format!("{before}`{span}"), format!("{before}a\n\n`{span}")] {
                assert!(is_inert(&rewritten(&text).expect("CommonMark")), "{text}");
            }
        }
        let heading = format!("# {}`<b>{}</b>`", "word ".repeat(18), " x".repeat(9));
        assert!(is_inert(&rewritten(&heading).expect("CommonMark")));
        assert!(is_inert(&wrap(&format!("{}{}", "word ".repeat(18), code(&span)))));
    }

    #[test]
    fn what_rustdoc_would_act_on_is_known() {
        for line in ["```\nx\n```", "    x", "<b>x</b>", "[x](Vec)", "```text,rust\nx\n```", "* ```\n  x"] {
            assert!(!is_inert(&[line.to_owned()]), "{line}");
        }
        assert!(is_inert(&["```text\nx\n```\n`<b>` <https://example.com> \\<b\\>".to_owned()]));
    }

    /// Texts of all that CommonMark acts on, in an order that is the same in each run.
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
        for _ in 0..3000 {
            let text: String = (0..=random(40)).map(|_| PARTS[random(PARTS.len())]).collect();
            assert!(rewritten(&visible(&text)).is_none_or(|lines| is_inert(&lines)), "{text:?}");
            assert!(is_inert(&markdown(&text)), "{text:?}");
        }
    }
}
