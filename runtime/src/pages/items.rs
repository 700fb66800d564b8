//! The items of a paged list.

use super::Pages;
use crate::{error::Error, model::Decode};
use futures_core::Stream;
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// The most consecutive pages without items. A server that returns a new cursor with each would keep
/// the caller waiting for ever.
const MOST_EMPTY: u32 = 1000;

/// The items of a paged list, as a `futures_core::Stream`. Requests a page when its first item is
/// needed. Ends after an error.
///
/// 1,000 consecutive pages without items are an error of the kind
/// [`Pagination`](crate::ErrorKind::Pagination). To read on, [`resume`](Self::resume) a new stream
/// at the [`cursor`](Self::cursor), or read the [`Pages`].
#[must_use = "a stream does nothing until it is read"]
pub struct Items<P, T> {
    pages: Pages<P, T>,
    items: std::vec::IntoIter<T>,
    left: usize,
    /// Consecutive pages without items.
    empty: u32,
}

impl<P: Decode, T> Items<P, T> {
    pub(super) fn new(pages: Pages<P, T>) -> Self {
        Self { pages, items: Vec::new().into_iter(), left: usize::MAX, empty: 0 }
    }

    /// Ends the stream after this many items. Does not request further pages.
    pub fn limit(mut self, items: usize) -> Self {
        self.left = items;
        self
    }

    /// Starts at a [`cursor`](Self::cursor), instead of the first page.
    pub fn resume(mut self, cursor: impl Into<String>) -> Self {
        self.pages = self.pages.resume(cursor);
        self
    }

    /// Returns the cursor of the page after the current item's page: the same as [`Pages::cursor`].
    /// It may contain personal data.
    #[must_use]
    pub fn cursor(&self) -> Option<String> {
        self.pages.cursor()
    }

    /// Returns the next item, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T, Error>>
    where
        T: Unpin,
    {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<P: Decode, T: Unpin> Stream for Items<P, T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        while this.left > 0 {
            if let Some(item) = this.items.next() {
                this.left -= 1;
                this.empty = 0;
                return Poll::Ready(Some(Ok(item)));
            }
            if this.empty == MOST_EMPTY {
                this.left = 0;
                let message = format!("{MOST_EMPTY} consecutive pages have no items");
                return Poll::Ready(this.pages.walk.refusal(message).map(Err));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    this.empty += 1;
                    this.items = this.pages.paging.split(page).into_iter();
                }
                Some(Err(error)) => {
                    this.left = 0;
                    return Poll::Ready(Some(Err(error)));
                }
                None => this.left = 0,
            }
        }
        Poll::Ready(None)
    }
}

impl<P, T> fmt::Debug for Items<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
