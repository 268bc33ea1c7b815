//! The library that generated vendor servers call: it reads arguments, writes HTTP calls, reads answers, and speaks MCP.

// What generated code is written against: plain data in, plain data out.
mod table;
mod entry;
mod args;
mod input;
mod reference;
mod choice;
mod date;
mod decimal;
mod bytes;
mod upload;
mod limit;
mod page;
mod fields;
mod order;
mod conditions;
mod call;
mod fingerprint;
mod check;
mod me;
mod mistake;

// What those share.
mod encode;
mod suggest;
mod text;

// A tool call: one HTTP request, and what its answer means.
mod server;
mod authorize;
mod site;
mod composite;
mod paging;
mod cursor;
mod link;
mod long;
mod request;
mod files;
mod attach;
mod multipart;
mod outgoing;
mod base_url;
mod places;
mod variables;
mod credentials;
mod carried;
mod token;
mod dispatch;
mod answer;
mod said;
mod secret;
mod strip;
mod present;
mod shrink;
mod failure;
mod refusal;
mod ratelimit;

// What a client of MCP sees.
mod handler;
mod catalogue;
mod filter;
mod index;
mod discovery;
mod result;
mod prompts;
mod complete;
mod stdio;
mod http;
mod sse;
mod limits;

// The program.
mod program;
mod cli;
mod client_config;
mod confirm;
mod alone;
mod setup;
mod serve;
mod arguments;
mod doctor;
mod help;
mod progress;
mod output;

pub use crate::{
    args::{Args, OneOf},
    bytes::Bytes,
    call::{Body, Call},
    check::{Check, Need, Only},
    choice::{Choice, NumberChoice, ValueChoice},
    composite::Part,
    conditions::{Clause, Condition, CustomFieldClause, Dialect, Field, Kind, Operator},
    date::{Date, DateTime},
    decimal::Decimal,
    entry::{Entry, Inputs, Named},
    fields::Fields,
    index::{Found, Hit, Index, Subject},
    input::{Change, Input, Json, Map, Object, Wire},
    limit::Limit,
    mistake::Mistake,
    order::{Direction, Order},
    page::Page,
    program::{SandboxAt, SandboxOrder, StartSandbox, main},
    reference::Reference,
    table::*,
    upload::{FormPart, FormValue, Upload, UploadContent},
};
pub use serde_json::Value;
