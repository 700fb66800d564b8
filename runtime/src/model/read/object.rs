//! Reads objects with declared fields.
//!
//! Input: the text of an object, and a model. Output: the model's fields. The model's
//! [`Rest`](crate::model::Rest) keeps undeclared members, nulls, and digits that a field cannot hold.

use super::Reader;
use super::fault::FaultKind;
use super::sample::Sampler;
use super::text::Read;
use crate::model::table::Seen;
use crate::model::{Object, Slot, View, json};
use std::borrow::Cow;

impl Reader<'_> {
    pub(super) fn object(&mut self, object: &mut dyn Object) -> Read {
        let (start, depth) = (self.text.at, self.text.depth());
        let table = object.table();
        self.text.open()?;
        let mut seen = Seen::default();
        let mut next = 0;
        let mut more = self.text.peek()? != b'}';
        while more {
            if self.text.peek()? != b'"' {
                return Err(self.text.fault(FaultKind::Syntax("key must be a string")));
            }
            let guess = table.follower(next);
            let (index, key) = match table.fields().get(guess) {
                Some(field) if self.text.known_key(field.key()) => (Some(guess), Cow::default()),
                _ => {
                    let key = self.text.string()?;
                    let index = table.index_of(&key);
                    if let Some(index) = index {
                        table.set_follower(next, index);
                    }
                    (index, key)
                }
            };
            self.text.expect(b':', "expected `:`")?;
            match index {
                Some(index) => {
                    self.field(object, index)?;
                    seen.insert(index);
                    next = index + 1;
                }
                None => self.other(object, &key)?,
            }
            more = self.text.comma(b'}')?;
        }
        self.text.close();
        let missing = table.missing(&seen);
        if !missing.is_empty() {
            if !self.is_sample {
                let keys = missing.into_iter().map(|index| table.key(index)).collect();
                return Err(self.text.fault(FaultKind::Missing(keys)));
            }
            let mut sampler = Sampler::inside(table);
            for index in missing {
                sampler.fill(object.member_mut(index));
            }
        }
        for part in table.part_indexes() {
            self.repeat(start, depth)?;
            self.value(object.member_mut(part))?;
        }
        Ok(())
    }

    /// Reads the value of a field, and records whether it is null.
    fn field(&mut self, object: &mut dyn Object, index: usize) -> Read {
        let first = self.text.peek()?;
        let is_null = first == b'n';
        let (start, was_rounded) = (self.text.at, std::mem::take(&mut self.is_rounded));
        let slot = object.member_mut(index).slot(is_null);
        self.fill(slot, first)?;
        let is_kept = self.is_rounded && self.keep_digits(object, index, start)?;
        self.is_rounded = was_rounded || (self.is_rounded && !is_kept);
        // A field whose value shows that it was null needs no note.
        if is_null
            && matches!(object.member(index).view(), View::Absent)
            && let Slot::Rest(rest) = object.member_mut(usize::MAX).slot(false)
        {
            rest.note(index, true, &mut self.memory).ok_or_else(|| self.too_large())?;
        }
        Ok(())
    }

    /// Keeps the text of a field beside its value, with all digits of its numbers. Returns false if
    /// the object keeps nothing.
    fn keep_digits(&mut self, object: &mut dyn Object, index: usize, start: usize) -> Read<bool> {
        let text = self.text.since(start);
        let Ok(rounded) = json(object.member(index).view()) else { return Ok(false) };
        let Slot::Rest(rest) = object.member_mut(usize::MAX).slot(false) else { return Ok(false) };
        rest.keep_digits(index, &rounded, text, &mut self.memory).ok_or_else(|| self.too_large())?;
        Ok(true)
    }

    /// Keeps the text of a member of the object's map, with all digits of its numbers. Returns
    /// false if the object keeps nothing.
    fn keep_member_digits(&mut self, object: &mut dyn Object, key: &str, start: usize) -> Read<bool> {
        let text = self.text.since(start);
        let Slot::Rest(rest) = object.member_mut(usize::MAX).slot(false) else { return Ok(false) };
        rest.keep_member_digits(key, text, &mut self.memory).ok_or_else(|| self.too_large())?;
        Ok(true)
    }

    /// Reads a member that is not declared.
    fn other(&mut self, object: &mut dyn Object, key: &str) -> Read {
        let table = object.table();
        if let Some(additional) = table.additional_index()
            && let Slot::Map(map) = object.member_mut(additional).slot(false)
        {
            let (start, was_rounded) = (self.text.at, std::mem::take(&mut self.is_rounded));
            self.entry(map, key.to_owned())?;
            let is_kept = self.is_rounded && self.keep_member_digits(object, key, start)?;
            self.is_rounded = was_rounded || (self.is_rounded && !is_kept);
            return Ok(());
        }
        let json = self.text.skip()?;
        if table.keeps_others()
            && let Slot::Rest(rest) = object.member_mut(usize::MAX).slot(false)
        {
            rest.keep(key, json, &mut self.memory).ok_or_else(|| self.too_large())?;
        }
        Ok(())
    }
}
