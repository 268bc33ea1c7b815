//! One vendor: in which order a request meets the switches, the door, the spec and its behaviour.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::admit::Door;
use crate::behaviour::{self, Behaviour, Turn};
use crate::description::{Description, Endpoint, Errors, RateLimit, Settings};
use crate::errors;
use crate::exchange::{Kind, Refusal, Reply, Request};
use crate::judge::Judge;
use crate::lobby::Lobby;
use crate::log::Log;
use crate::paging::{Paging, Scrolls};
use crate::route::route;
use crate::schema::Schemas;
use crate::seed::clock;
use crate::seed::draw::Draw;
use crate::seed::plant::plant;
use crate::seed::template::Soil;
use crate::store::Store;
use crate::switches::Switches;

/// How many requests the vendor says it allows when no switch says otherwise.
const USUAL_LIMIT: usize = 1000;

/// A vendor's whole API.
pub(crate) struct Vendor {
    server_path: String,
    credentials: Vec<(String, String)>,
    lobby: Lobby,
    door: Door,
    endpoints: Vec<Endpoint>,
    operations: Vec<Operation>,
    house: House,
    world: World,
    errors: Errors,
    rate_limit: RateLimit,
    read_only: Vec<String>,
    switches: Switches,
    log: Log,
}

struct Operation {
    judge: Judge,
    behaviour: Option<Box<dyn Behaviour>>,
}

/// What does not change while the vendor runs.
pub(crate) struct House {
    pub(crate) schemas: Schemas,
    pub(crate) paging: BTreeMap<String, Paging>,
    /// The answer around one record.
    pub(crate) single: Value,
}

/// What changes.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) draw: Draw,
    pub(crate) scrolls: Scrolls,
}

impl Vendor {
    /// The vendor that a description describes, its records drawn by the seed.
    pub(crate) fn new(
        description: Description,
        seed: u64,
        switches: Switches,
    ) -> Result<Self, String> {
        let Description {
            api,
            sandbox: settings,
        } = description;
        let mut draw = Draw::new(seed, &settings.pools);
        // A credential may be the name of a record, which is drawn later.
        let (named, own): (Map<_, _>, Map<_, _>) = settings
            .credentials
            .clone()
            .into_iter()
            .partition(|(_, template)| crate::path::text(template).contains("{$"));
        let mut credentials = credentials(&own, &Store::default(), &mut draw)?;
        let store = plant(&settings.collections, &mut draw, clock::now())?;
        credentials.extend(self::credentials(&named, &store, &mut draw)?);
        let house = House {
            schemas: Schemas::new(api.defs),
            paging: paging(&settings)?,
            single: settings.single.clone(),
        };
        let operations = operations(&settings, &api.endpoints, &house, &store)?;
        Ok(Self {
            server_path: api.server_path.trim_end_matches('/').to_owned(),
            lobby: Lobby::new(&settings.public, &credentials),
            door: Door::new(&settings.auth, &credentials),
            credentials,
            endpoints: api.endpoints,
            operations,
            house,
            world: World {
                store,
                draw,
                scrolls: Scrolls::default(),
            },
            errors: settings.errors,
            rate_limit: settings.rate_limit,
            read_only: settings.read_only,
            switches,
            log: Log::default(),
        })
    }

    pub(crate) fn server_path(&self) -> &str {
        &self.server_path
    }

    pub(crate) fn credentials(&self) -> Vec<(String, String)> {
        self.credentials.clone()
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.log.lines()
    }

    /// Answers one request.
    pub(crate) fn answer(&mut self, request: &Request) -> Reply {
        self.log.note(request.line());
        let mut reply = match self.fault() {
            Some(Ok(reply)) => reply,
            Some(Err(refusal)) => {
                errors::render(&self.errors, &refusal, self.rate_limit.retry_after)
            }
            None => self.serve(request).unwrap_or_else(|refusal| {
                errors::render(&self.errors, &refusal, self.rate_limit.retry_after)
            }),
        };
        reply.headers.extend(self.limit_headers(reply.status));
        reply
    }

    /// What a switch answers instead.
    fn fault(&mut self) -> Option<Result<Reply, Refusal>> {
        if self.switches.html {
            let mut page = Reply::text(
                200,
                "<!doctype html>\n<title>Maintenance</title>\n<p>We will be back soon.</p>\n",
            );
            page.media_type = Some("text/html; charset=utf-8".to_owned());
            return Some(Ok(page));
        }
        if let Some(status) = self.switches.fail_once.take().or(self.switches.fail) {
            let mut refusal = Refusal::new(
                Kind::Failure,
                format!("The sandbox was asked to fail with {status}."),
            );
            refusal.status = Some(status);
            return Some(Err(refusal));
        }
        let exceeded = self
            .switches
            .rate_limit
            .is_some_and(|limit| self.log.count() > limit);
        exceeded.then(|| Err(Refusal::new(Kind::Limit, "Too many requests.")))
    }

    fn serve(&mut self, request: &Request) -> Result<Reply, Refusal> {
        if let Some(reply) = self.lobby.answer(request) {
            return Ok(reply);
        }
        if let Some(reply) = self.door.give(request) {
            return Ok(reply);
        }
        let routed = route(
            &self.endpoints,
            &self.server_path,
            &request.method,
            &request.path,
        );
        let is_open = |(index, _): &(usize, _)| self.endpoints[*index].open;
        if !routed.as_ref().is_ok_and(is_open) {
            self.door.admit(request)?;
        }
        let (index, found) = routed?;
        let (endpoint, operation) = (&self.endpoints[index], &self.operations[index]);
        let request = &*self.door.behind(request, endpoint);
        let inputs = operation.judge.judge(
            endpoint,
            &self.house.schemas,
            &self.read_only,
            request,
            &found,
        )?;
        let behaviour = operation.behaviour.as_ref().ok_or_else(|| {
            Refusal::new(
                Kind::Absent,
                format!("The sandbox has no behaviour for `{}`.", endpoint.operation),
            )
        })?;
        let turn = &mut Turn {
            request,
            endpoint,
            inputs,
            house: &self.house,
            world: &mut self.world,
        };
        let success = behaviour.act(turn)?;
        let (status, media_type, _) = endpoint.success();
        if let Some(file) = success.file {
            let disposition = file.name.map(|name| {
                let value = format!("attachment; filename=\"{name}\"");
                ("Content-Disposition".to_owned(), value)
            });
            return Ok(Reply {
                status,
                headers: disposition.into_iter().collect(),
                media_type: media_type.map(str::to_owned),
                body: file.bytes,
            });
        }
        let body = success.body.filter(|_| status != 204);
        Ok(Reply {
            status,
            headers: success.headers,
            media_type: body
                .as_ref()
                .map(|_| media_type.unwrap_or("application/json").to_owned()),
            body: body
                .map(|body| body.to_string().into_bytes())
                .unwrap_or_default(),
        })
    }

    fn limit_headers(&self, status: u16) -> Vec<(String, String)> {
        let limit = self.switches.rate_limit.unwrap_or(USUAL_LIMIT);
        let seconds = self.rate_limit.retry_after.to_string();
        let values = BTreeMap::from([
            ("limit", limit.to_string()),
            (
                "remaining",
                limit.saturating_sub(self.log.count()).to_string(),
            ),
            ("reset", seconds.clone()),
            ("retry_after", seconds),
        ]);
        let exceeded = self.rate_limit.exceeded.iter().filter(|_| status == 429);
        let headers = self.rate_limit.headers.iter().chain(exceeded);
        headers
            .map(|(name, template)| (name.clone(), errors::replace(template, &values)))
            .collect()
    }
}

fn credentials(
    templates: &Map<String, Value>,
    store: &Store,
    draw: &mut Draw,
) -> Result<Vec<(String, String)>, String> {
    let mut soil = Soil {
        draw,
        store,
        now: 0,
        number: 0,
    };
    let mut made = Map::new();
    soil.record(templates, &mut made)
        .map_err(|error| format!("sandbox.yaml: credentials: {error}"))?;
    Ok(made
        .iter()
        .map(|(name, value)| (name.clone(), crate::path::text(value)))
        .collect())
}

fn paging(settings: &Settings) -> Result<BTreeMap<String, Paging>, String> {
    let read = |(name, style): (&String, &Value)| {
        let style = serde_json::from_value(style.clone());
        Ok((
            name.clone(),
            style.map_err(|error| format!("sandbox.yaml: paging: {name}: {error}"))?,
        ))
    };
    settings.paging.iter().map(read).collect()
}

fn operations(
    settings: &Settings,
    endpoints: &[Endpoint],
    house: &House,
    store: &Store,
) -> Result<Vec<Operation>, String> {
    let known = |name: &String| {
        endpoints
            .iter()
            .any(|endpoint| endpoint.operation == **name)
    };
    if let Some(name) = settings.operations.keys().find(|name| !known(name)) {
        return Err(format!(
            "sandbox.yaml: operations: `{name}` is not an operation of the spec"
        ));
    }
    let read = |endpoint: &Endpoint| {
        let options = settings.operations.get(&endpoint.operation);
        let read = options
            .map(|options| behaviour::read(options, endpoint, house, store))
            .transpose();
        let behaviour = read.map_err(|error| {
            format!("sandbox.yaml: operations: {}: {error}", endpoint.operation)
        })?;
        Ok(Operation {
            judge: Judge::default(),
            behaviour,
        })
    };
    endpoints.iter().map(read).collect()
}
