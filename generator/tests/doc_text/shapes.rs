//! Texts by which a document tries to run code, or to insert HTML or links into rustdoc's pages.

/// Text that is visible wherever a document's HTML is live.
pub(crate) const MARK: &str = "pwned";

/// Code that leaves a file behind if it runs. It need not compile to be detected as a test.
const CODE: &str = r#"std::fs::write(std::env::var("CANARY").unwrap(), "ran").unwrap();"#;

const HTML: &str =
    r#"<script>pwned</script> <img src=pwned onerror=pwned> <a href="javascript:pwned">pwned</a>"#;

/// In each shape, `CODE` is replaced by the code and `HTML` by the HTML.
const SHAPES: &[&str] = &[
    "CODE",
    "HTML",
    "```\nCODE\n```",
    "```rust\nCODE\n```",
    "~~~\nCODE\n~~~",
    "~~~rust\nCODE\n~~~\nHTML",
    "````\n```\nCODE\n```\n````",
    "```text\nx\n```\n\nCODE",
    "```text\nx\n```\n    CODE",
    "```\nx\n```\nHTML\n\n    CODE",
    "    CODE",
    "\tCODE",
    "text\n\n    CODE\n\ntext",
    "text\n\n\tCODE",
    "* item\n\n      CODE",
    "* ```\n  CODE\n  ```",
    "1. ```rust\n   CODE\n   ```\n2. HTML",
    "- - - ```\n      CODE\n      ```",
    "* a\n  * b\n    * c\n\n          CODE",
    "> ```\n> x\n> ```\n> CODE",
    "> ```\n> CODE\n> ```",
    ">     CODE",
    "> * > ```\n>   > CODE",
    ">>> ```rust,should_panic\n>>> CODE",
    "> HTML\n```\nCODE\n```",
    "| a | b |\n|---|---|\n| ``` | CODE |\n| HTML | `x` |",
    "| HTML |\n|---|\n| ` | ` |",
    "| `\\|` HTML | `a\\\\|` HTML |\n|---|---|\n| \\\\| | HTML |",
    "|a|\n|-|\n\n    CODE",
    "<div>\n\n```\nCODE\n```\n\n</div>",
    "<div>\n```\nCODE\n```\n</div>\n    CODE",
    "<!-- ```\nCODE\n``` -->\n\n    CODE",
    "<!--\n\n```\nCODE\n```\n\n-->",
    "<pre>\n```\nCODE\n```\n</pre>\n\n    CODE",
    "<pre><code class=\"language-rust\">CODE</code></pre>",
    "<table><tr><td>\n\n```\nCODE\n```\n\n</td><td>HTML</td></tr></table>",
    "<details><summary>HTML</summary>\n\n    CODE\n</details>",
    "<ul><li>\n\n    CODE\n\n<li>HTML</ul>",
    "<style>body{background:url(pwned)}</style><link rel=stylesheet href=pwned><iframe src=pwned>",
    "<svg/onload=pwned><math><mi//xlink:href=\"data:x,pwned\">",
    "&lt;script&gt;pwned&lt;/script&gt; &#60;img src=x onerror=pwned&#62;",
    "&amp;lt;script&amp;gt; &#x60;&#x60;&#x60; CODE",
    "&#96;&#96;&#96;\nCODE\n&#96;&#96;&#96;",
    "`` ` `` HTML `` `",
    "``` CODE ``` HTML",
    "`CODE`` HTML ```",
    "# ```\nCODE\n```",
    "# HTML\nCODE\n===\n---\n    CODE",
    "[x]: javascript:pwned\n\n[x] [pwned](javascript:pwned) ![pwned](javascript:pwned)",
    "[x]: <https://a.b> \"HTML\"\n[pwned][x]\n\n[`crate::nothing`] [Nothing] [Self::nothing]",
    "[^1]\n\n[^1]: ```\n    CODE\n    ```\n    HTML",
    "[pwned](data:text/html,pwned) <javascript:pwned> <https://a.b/\"onclick=pwned>",
    "[a](https://a.b/\" onclick=\"pwned) [b](<https://a.b/><script>pwned</script>) [c](https://a.b 'HTML')",
    "[HTML](https://a.b) ![HTML](https://a.b/c.png) [![HTML](https://a.b)](https://a.b)",
    "line\\\n```\\\nCODE\n```",
    "line  \n```\nCODE\n```  \nHTML",
    "*```\nCODE\n```* **HTML** ~~HTML~~ __HTML__",
    "- [ ] ```\n      CODE\n- [x] HTML",
    "***\n```\nCODE\n```\n___\n    CODE",
    "a\r```\rCODE\r```\r\r    CODE",
    "a\u{2028}```\u{2028}CODE\u{85}```\u{b}\u{c}    CODE",
    "\u{202e}HTML\u{2066} \u{200b}```\nCODE\n```\u{feff}",
    "*/ CODE /* \n*/ mod pwned {} /*\n//! CODE\n/// ```\n/// CODE",
    "\"]\nfn pwned() { CODE }\n#[doc = \"\n\\\" \"# \"## {} {{}} {pwned} r#\"",
    "filter[status] <id> r#match `r#match` Vec<String> @pwned#pwned http://pwned.example/<b>",
    "request_methods!( < x , > ) send_methods!( a < b , c > )",
];

/// Returns every shape, as a text and as a name. File names of rustdoc are shorter than the texts.
pub(crate) fn hostile() -> Vec<[String; 2]> {
    let filled = |shape: &str, code, html| shape.replace("CODE", code).replace("HTML", html);
    SHAPES.iter().map(|shape| [filled(shape, CODE, HTML), filled(shape, "x!()", "<b on=pwned>")]).collect()
}

/// Returns texts with every Markdown construct, whose results in pages are allowed.
pub(crate) fn harmless() -> Vec<[String; 2]> {
    let all = "# A heading\n\n## Another\n\n### Third\n\nA *text* with **marks**, `code`, [a link](https://a.b) and <https://a.b>,\\\na \
               break.\n\n* item\n  * inner\n\n1. one\n\n2. two\n\n7. seven\n\n> quote\n\n```\ncode\n```\n\n\
               |a|b|\n|-|:-:|\n|c|d|\n\n|a|b|\n|:-|-:|\n|c|d|\n\n---\n\n[mail](mailto:a@b.c)";
    vec![[all.to_owned(), "name".to_owned()]; 2]
}
