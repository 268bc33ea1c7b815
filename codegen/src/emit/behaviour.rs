//! Prints how the vendor's API behaves: where it stands, what opens it, and what its refusals say.

use proc_macro2::TokenStream;
use quote::quote;

use super::{tool, vendor::words};
use crate::vendor::{
    Auth, BaseUrl, ClientAuthentication, Credential, Discovery, OAuth2, OtherServer, UrlVariable,
    VendorDocs,
};

pub(super) fn base_url(it: &BaseUrl) -> TokenStream {
    let default = option(it.default.as_ref().map(|it| quote! { #it }));
    let variable = &it.variable;
    let variables = it.variables.iter().map(|(name, it)| url_variable(name, it));
    let regions = it
        .regions
        .iter()
        .map(|(region, url)| quote! { (#region, #url) });
    let discovery = option(it.discovery.as_ref().map(|it| {
        let Discovery {
            page,
            found,
            path,
            unknown,
        } = it;
        quote! { Discovery { page: #page, found: #found, path: #path, unknown: #unknown } }
    }));
    quote! {
        BaseUrl {
            default: #default,
            variable: #variable,
            variables: &[#(#variables),*],
            regions: &[#(#regions),*],
            discovery: #discovery,
        }
    }
}

fn url_variable(name: &str, it: &UrlVariable) -> TokenStream {
    let (variable, description, values) = (&it.variable, words(&it.description), &it.r#enum);
    let default = option(it.default.as_ref().map(|it| quote! { #it }));
    quote! {
        UrlVariable {
            name: #name,
            variable: #variable,
            description: #description,
            default: #default,
            values: &[#(#values),*],
        }
    }
}

pub(super) fn other_server((name, it): (&String, &OtherServer)) -> TokenStream {
    let (url, variable) = (&it.url, &it.variable);
    quote! { OtherServer { name: #name, url: #url, variable: #variable } }
}

pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |it| quote! { Some(#it) })
}

pub(super) fn credential(it: &Credential) -> TokenStream {
    let Credential {
        name,
        variable,
        secret,
        ..
    } = it;
    let description = words(&it.description);
    quote! { Credential { name: #name, variable: #variable, secret: #secret, description: #description } }
}

pub(super) fn auth(it: &Auth) -> TokenStream {
    match it {
        Auth::Basic { basic, .. } => {
            let (username, password) = (&basic.username, &basic.password);
            quote! { Auth::Basic { username: #username, password: #password } }
        }
        Auth::Header { header, value } => {
            quote! { Auth::Header { header: #header, value: #value } }
        }
        Auth::Query { query, value } => quote! { Auth::Query { query: #query, value: #value } },
        Auth::Cookie { cookie, value } => {
            quote! { Auth::Cookie { cookie: #cookie, value: #value } }
        }
        Auth::OAuth2 { oauth2 } => token(oauth2),
    }
}

fn token(it: &OAuth2) -> TokenStream {
    let OAuth2 {
        token_url,
        client_id,
        client_secret,
        scopes,
        ..
    } = it;
    let authentication = match it.authentication {
        ClientAuthentication::Basic => quote! { ClientAuthentication::Basic },
        ClientAuthentication::Body => quote! { ClientAuthentication::Body },
    };
    let parameters = it
        .parameters
        .iter()
        .map(|(name, value)| quote! { (#name, #value) });
    quote! {
        Auth::OAuth2(OAuth2 {
            token_url: #token_url,
            client_id: #client_id,
            client_secret: #client_secret,
            scopes: &[#(#scopes),*],
            authentication: #authentication,
            parameters: &[#(#parameters),*],
        })
    }
}

pub(super) fn rate_limit(docs: &VendorDocs) -> TokenStream {
    let crate::vendor::RateLimit {
        limit,
        remaining,
        reset,
        retry_after,
    } = &docs.rate_limit;
    quote! {
        RateLimit {
            limit: &[#(#limit),*],
            remaining: &[#(#remaining),*],
            reset: &[#(#reset),*],
            retry_after: &[#(#retry_after),*],
        }
    }
}

pub(super) fn errors(docs: &VendorDocs) -> TokenStream {
    let crate::vendor::Errors {
        code,
        message,
        details,
        guidance,
        connection,
    } = &docs.errors;
    let guidance = guidance.iter().map(tool::guidance);
    let connection = connection.iter().map(tool::guidance);
    quote! {
        ErrorShape {
            code: &[#(#code),*],
            message: &[#(#message),*],
            details: &[#(#details),*],
            guidance: &[#(#guidance),*],
            connection: &[#(#connection),*],
        }
    }
}

pub(super) fn long_queries(docs: &VendorDocs) -> TokenStream {
    let Some(rules) = &docs.long_queries else {
        return quote! { LongQueries { longest_url: None, body: &[] } };
    };
    let longest = proc_macro2::Literal::usize_unsuffixed(rules.longest_url);
    let body = rules
        .body
        .iter()
        .map(|(name, property)| quote! { (#name, #property) });
    quote! { LongQueries { longest_url: Some(#longest), body: &[#(#body),*] } }
}
