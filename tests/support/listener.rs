//! A listener in the vendor's place, on loopback: keeps every request as it came, and answers what the test says.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use serde_json::Value;

/// A request, as it came.
#[derive(Clone, Debug)]
pub struct Came {
    /// Method and target.
    pub line: String,
    /// Headers, names in lower case, sorted; without host and user-agent.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Came {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

/// What the listener answers.
#[derive(Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    /// JSON.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", &body.to_string())
    }

    /// Any text.
    #[must_use]
    pub fn text(status: u16, media_type: &str, body: &str) -> Self {
        Self::bytes(status, media_type, body.as_bytes())
    }

    /// Any bytes.
    #[must_use]
    pub fn bytes(status: u16, media_type: &str, body: &[u8]) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), media_type.to_owned())],
            body: body.to_vec(),
        }
    }

    /// No body at all.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// A listener in the vendor's place.
pub struct Listener {
    /// Its base URL.
    pub url: String,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Listener {
    /// Starts one that gives every request the same answer.
    ///
    /// # Panics
    /// If there is no port.
    #[must_use]
    pub fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let address = listener.local_addr().expect("it has an address");
        let came: Arc<Mutex<Vec<Came>>> = Arc::default();
        let kept = Arc::clone(&came);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A connection that closes before it has asked anything asks nothing.
                let _ = answer(&stream, &kept, &reply);
            }
        });
        Self {
            url: format!("http://{address}/api"),
            came,
        }
    }

    /// Every request so far.
    #[must_use]
    pub fn came(&self) -> Vec<Came> {
        let came = self.came.lock().unwrap_or_else(PoisonError::into_inner);
        came.clone()
    }

    /// The one request that came.
    ///
    /// # Panics
    /// If it was none, or more.
    #[must_use]
    pub fn only(&self) -> Came {
        let mut came = self.came();
        assert_eq!(came.len(), 1, "{came:#?}");
        came.remove(0)
    }
}

fn answer(mut stream: &TcpStream, came: &Mutex<Vec<Came>>, reply: &Reply) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(());
    }
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap_or(0));
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    headers.retain(|(name, _)| name != "host" && name != "user-agent");
    headers.sort();
    let line = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    came.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(Came {
            line,
            headers,
            body,
        });
    let mut head = format!("HTTP/1.1 {} Said\r\nconnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    if reply.status != 204 {
        head += &format!("content-length: {}\r\n", reply.body.len());
    }
    write!(stream, "{head}\r\n")?;
    stream.write_all(&reply.body)
}
