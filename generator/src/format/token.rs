//! Tokens for the printer: whole operators, doc comments, attributes.

use std::borrow::Cow;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use smol_str::{SmolStr, ToSmolStr as _, format_smolstr};

/// One token of generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// An identifier, keyword, literal or lifetime. Most are short: a `SmolStr` of up to 23 bytes
    /// allocates nothing.
    Word(SmolStr),
    /// A punctuation mark or an operator.
    Op(&'static str),
    /// Tokens between delimiters.
    Group(Delimiter, Vec<Token>),
    /// A line of a doc comment. The flag is true for `//!`.
    Doc(String, bool),
    /// The tokens of an attribute between `[` and `]`. The flag is true for `#![…]`.
    Attribute(Vec<Token>, bool),
}

/// Operators of more than one character. Each comes before its own prefixes. `>>` is missing:
/// generated code has nested generics but no shifts.
const LONG: &[&str] = &["..=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "..", "+=", "-="];

const SHORT: &[&str] = &[
    "!", "#", "$", "%", "&", "'", "*", "+", ",", "-", ".", "/", ":", ";", "<", "=", ">", "?", "@", "^", "|",
    "~",
];

impl Token {
    pub(super) fn is_op(&self, text: &str) -> bool {
        matches!(self, Self::Op(op) if *op == text)
    }

    pub(super) fn is_word(&self, text: &str) -> bool {
        matches!(self, Self::Word(word) if word == text)
    }

    /// Returns the tokens of a group with this delimiter.
    pub(super) fn group(&self, delimiter: Delimiter) -> Option<&[Self]> {
        match self {
            Self::Group(own, tokens) if *own == delimiter => Some(tokens),
            _ => None,
        }
    }
}

/// Reads a stream. Returns `None` for a token that generated code never has.
pub(super) fn read(stream: TokenStream) -> Option<Vec<Token>> {
    let mut trees = stream.into_iter().peekable();
    let mut tokens = Vec::with_capacity(trees.size_hint().0);
    let mut joined = String::new();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Ident(ident) => tokens.push(Token::Word(ident.to_smolstr())),
            TokenTree::Literal(literal) => tokens.push(Token::Word(literal.to_smolstr())),
            TokenTree::Group(group) => {
                let (delimiter, stream) = (group.delimiter(), group.stream());
                // A stream with one owner is read without a copy of its tokens.
                drop(group);
                let inner = read(stream)?;
                match (tokens.as_slice(), delimiter) {
                    ([.., Token::Op("#")], Delimiter::Bracket) => {
                        tokens.pop();
                        attribute(inner, false, &mut tokens)?;
                    }
                    ([.., Token::Op("#"), Token::Op("!")], Delimiter::Bracket) => {
                        tokens.truncate(tokens.len() - 2);
                        attribute(inner, true, &mut tokens)?;
                    }
                    (_, Delimiter::None) => tokens.extend(inner),
                    (_, delimiter) => tokens.push(Token::Group(delimiter, inner)),
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == '\'' => match trees.next()? {
                TokenTree::Ident(ident) => tokens.push(Token::Word(format_smolstr!("'{ident}"))),
                _ => return None,
            },
            TokenTree::Punct(punct) => {
                joined.clear();
                joined.push(punct.as_char());
                let mut spacing = punct.spacing();
                while let (proc_macro2::Spacing::Joint, Some(TokenTree::Punct(next))) =
                    (spacing, trees.peek())
                {
                    joined.push(next.as_char());
                    if !LONG.iter().any(|op| op.starts_with(joined.as_str())) {
                        joined.pop();
                        break;
                    }
                    spacing = next.spacing();
                    trees.next();
                }
                let op = LONG.iter().chain(SHORT).find(|op| **op == joined)?;
                tokens.push(Token::Op(op));
            }
        }
    }
    Some(tokens)
}

/// Reads source text.
pub(super) fn parse(text: &str) -> Result<Vec<Token>, String> {
    let stream = text.parse().map_err(|error: proc_macro2::LexError| error.to_string())?;
    read(stream).ok_or_else(|| "it has tokens that no client has".to_owned())
}

/// Writes tokens as source text.
pub(super) fn source(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        text.push_str(&match token {
            Token::Word(word) => format!("{word} "),
            Token::Op(op) => format!("{op} "),
            Token::Doc(doc, inner) => format!("#{}[doc = {doc:?}] ", if *inner { "!" } else { "" }),
            Token::Attribute(tokens, inner) => {
                format!("#{}[{}] ", if *inner { "!" } else { "" }, source(tokens))
            }
            Token::Group(Delimiter::Parenthesis, tokens) => format!("({}) ", source(tokens)),
            Token::Group(Delimiter::Bracket, tokens) => format!("[{}] ", source(tokens)),
            Token::Group(_, tokens) => format!("{{{}}} ", source(tokens)),
        });
    }
    text
}

/// Returns the tokens that no style adds or removes, for a comparison.
#[cfg(debug_assertions)]
pub(super) fn leaves(tokens: &[Token]) -> Vec<&str> {
    let mut leaves = Vec::new();
    for token in tokens {
        match token {
            Token::Word(word) => leaves.push(word.as_str()),
            Token::Op(op) if *op != "," => leaves.push(op),
            Token::Op(_) => {}
            Token::Doc(doc, _) => leaves.push(doc.trim_end()),
            Token::Attribute(tokens, _) | Token::Group(_, tokens) => leaves.extend(self::leaves(tokens)),
        }
    }
    leaves
}

/// Adds an attribute. A doc comment is one token for each line.
fn attribute(inside: Vec<Token>, inner: bool, tokens: &mut Vec<Token>) -> Option<()> {
    if let [Token::Word(name), Token::Op("="), Token::Word(text)] = inside.as_slice()
        && name == "doc"
    {
        let text = string(text)?;
        tokens.extend(text.split('\n').map(|line| Token::Doc(line.to_owned(), inner)));
        return (!text.contains('\r')).then_some(());
    }
    tokens.push(Token::Attribute(inside, inner));
    Some(())
}

/// Returns the value of a string literal.
fn string(literal: &str) -> Option<Cow<'_, str>> {
    if let Some(raw) = literal.strip_prefix('r') {
        let raw = raw.trim_matches('#');
        return raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(Cow::Borrowed);
    }
    match literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Some(Cow::Borrowed(plain)),
        _ => Some(Cow::Owned(syn::parse_str::<syn::LitStr>(literal).ok()?.value())),
    }
}

/// Splits at this operator, outside of groups and generics. A trailing operator adds no empty part.
pub(super) fn split<'a>(tokens: &'a [Token], at: &str) -> Vec<&'a [Token]> {
    parts(tokens, at).collect()
}

/// Returns an iterator over the parts of [`split`].
pub(super) fn parts<'a>(tokens: &'a [Token], at: &str) -> impl Iterator<Item = &'a [Token]> {
    let mut rest = tokens;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut depth = 0_usize;
        let end = rest.iter().position(|token| match token {
            Token::Op("<") => {
                depth += 1;
                false
            }
            Token::Op(">") => {
                depth = depth.saturating_sub(1);
                false
            }
            Token::Op(op) => *op == at && depth == 0,
            _ => false,
        });
        let (part, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind.get(1..).unwrap_or_default();
        Some(part)
    })
}
