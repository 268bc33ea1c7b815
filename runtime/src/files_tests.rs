//! What leads out of the directory, and what does not.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use super::*;

/// A directory to be allowed, beside a file that is not; both are gone with it.
struct Place {
    root: PathBuf,
    files: Files,
}

impl Place {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("files-{}-{number}", std::process::id()));
        fs::create_dir_all(root.join("allowed/sub")).unwrap();
        fs::write(root.join("secret"), "secret").unwrap();
        fs::write(root.join("allowed/a.txt"), "hello").unwrap();
        fs::write(root.join("allowed/sub/b.txt"), "world").unwrap();
        fs::write(root.join("allowed/.hidden"), "secret").unwrap();
        let files = Files::of(&root.join("allowed"), 100).unwrap();
        Self { root, files }
    }

    /// Everything beside the allowed directory, and everything hidden in it: what must stay as it is.
    fn rest(&self) -> Vec<(PathBuf, String)> {
        let entries = fs::read_dir(&self.root)
            .unwrap()
            .map(|it| it.unwrap().path());
        let files = entries.filter(|it| it.is_file());
        files
            .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
            .collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

const HOSTILE: &[&str] = &[
    "",
    ".",
    "..",
    "/",
    "//",
    "../secret",
    "../../etc/passwd",
    "sub/../../secret",
    "sub/..",
    "sub/../a.txt",
    "./a.txt",
    "sub/./b.txt",
    "sub//b.txt",
    "a.txt/",
    "/etc/passwd",
    "//etc/passwd",
    "/proc/self/environ",
    "\\..\\secret",
    "..\\secret",
    "sub\\b.txt",
    "\\\\server\\share\\a",
    "\\\\?\\C:\\a",
    "C:\\Windows\\win.ini",
    "C:a.txt",
    "c:/a.txt",
    "a.txt::$DATA",
    "a.txt:stream",
    "file:///etc/passwd",
    "~/../secret/.",
    ".hidden",
    "sub/.git",
    "...",
    "a.txt.",
    "a.txt ",
    " a.txt",
    "sub /b.txt",
    "a\0.txt",
    "a.txt\0.png",
    "a\n.txt",
    "a\u{7f}.txt",
    "CON",
    "con.txt",
    "sub/NUL",
    "nul.tar.gz",
    "AUX .txt",
    "PRN",
    "COM1",
    "com9.log",
    "LPT¹",
    "CONIN$",
    "a?.txt",
    "a*.txt",
    "a|b",
    "<a>",
    "gpj.\u{202e}exe",
    "a\u{200b}.txt",
    "a\u{feff}",
];

/// The bytes of a file, as they would be sent.
fn read(files: &Files, name: &str) -> Result<Vec<u8>, String> {
    files.open(name).map(|it| content(&it))
}

fn content(opened: &Opened) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut file = opened.rewound().unwrap().take(opened.length);
    file.read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn hostile_names_are_refused_whatever_they_are_for() {
    let place = Place::new();
    let before = place.rest();
    let long = ["x".repeat(256), "x/".repeat(600) + "x"];
    let all = HOSTILE
        .iter()
        .copied()
        .chain(long.iter().map(String::as_str));
    assert!(HOSTILE.len() >= 30);
    for name in all {
        assert!(read(&place.files, name).is_err(), "read {name:?}");
        assert!(place.files.check_new(name).is_err(), "new {name:?}");
        assert!(place.files.save(name, b"x").is_err(), "save {name:?}");
    }
    assert_eq!(place.rest(), before);
}

#[test]
fn odd_names_that_stay_within_are_names() {
    let place = Place::new();
    for name in [
        "b.txt",
        "a b.txt",
        "ä漢😀.pdf",
        "a%2e%2e%2fb",
        "sub/new.txt",
        "a..b",
        "~",
        "$HOME",
        "conf.txt",
        "com10",
        "-rf",
        "．．",
    ] {
        place.files.check_new(name).unwrap();
        place.files.save(name, b"x").unwrap();
        assert_eq!(read(&place.files, name).unwrap(), b"x");
    }
    assert_eq!(place.rest().len(), 1);
}

#[test]
fn nothing_is_overwritten_and_no_folder_is_made() {
    let place = Place::new();
    for refused in [
        place.files.check_new("a.txt"),
        place.files.save("a.txt", b"x"),
    ] {
        assert!(refused.unwrap_err().contains("no file is overwritten"));
    }
    assert_eq!(read(&place.files, "a.txt").unwrap(), b"hello");
    for refused in [
        place.files.check_new("new/a.txt"),
        place.files.save("new/a.txt", b"x"),
    ] {
        assert!(refused.unwrap_err().contains("there is none"));
    }
    assert!(place.files.save("a.txt/b", b"x").is_err());
    assert!(place.files.save("sub", b"x").is_err());
    assert!(
        read(&place.files, "sub")
            .unwrap_err()
            .contains("no plain file")
    );
}

#[test]
fn an_opened_file_stays_the_one_that_was_opened() {
    let place = Place::new();
    let allowed = place.root.join("allowed");
    fs::write(allowed.join("large"), vec![7; 20_000]).unwrap();
    let opened = place.files.open("large").unwrap();
    assert_eq!((opened.length, opened.head.len()), (20_000, 8 * 1024));
    fs::rename(allowed.join("large"), allowed.join("moved")).unwrap();
    fs::write(allowed.join("large"), "another").unwrap();
    assert_eq!(content(&opened), vec![7; 20_000]);
    assert_eq!(content(&opened), vec![7; 20_000], "from the start again");
}

#[test]
fn without_a_directory_there_are_no_files() {
    let files = Files::none(100);
    for refused in [
        read(&files, "a.txt").map(drop),
        files.check_new("a.txt"),
        files.save("a.txt", b"x"),
    ] {
        assert!(refused.unwrap_err().contains("--files"));
    }
    let missing = Files::of(Path::new("/nowhere/at/all"), 1).unwrap_err();
    assert!(missing.contains("is no directory"), "{missing}");
}

#[cfg(unix)]
#[test]
fn links_and_what_is_no_file_lead_nowhere() {
    use std::os::unix::fs::symlink;

    let place = Place::new();
    let allowed = place.root.join("allowed");
    let before = place.rest();
    symlink("../secret", allowed.join("out")).unwrap();
    symlink(place.root.join("secret"), allowed.join("absolute")).unwrap();
    symlink("..", allowed.join("up")).unwrap();
    symlink("/", allowed.join("root")).unwrap();
    symlink("../new", allowed.join("dangling")).unwrap();
    symlink("loop", allowed.join("loop")).unwrap();
    symlink("up", allowed.join("sub/twice")).unwrap();
    for name in [
        "out",
        "absolute",
        "up/secret",
        "root/etc/passwd",
        "loop",
        "dangling",
    ] {
        assert!(read(&place.files, name).is_err(), "read {name}");
        assert!(place.files.check_new(name).is_err(), "new {name}");
        assert!(place.files.save(name, b"x").is_err(), "save {name}");
    }
    for name in ["up/new", "root/tmp/new", "sub/twice/new"] {
        assert!(place.files.save(name, b"x").is_err(), "save {name}");
    }
    // A link that stays within is as good as what it leads to.
    symlink("sub/b.txt", allowed.join("within")).unwrap();
    assert_eq!(read(&place.files, "within").unwrap(), b"world");
    assert_eq!(place.rest(), before);
    let made = std::process::Command::new("mkfifo")
        .arg(allowed.join("pipe"))
        .status();
    if made.is_ok_and(|it| it.success()) {
        assert!(
            read(&place.files, "pipe")
                .unwrap_err()
                .contains("no plain file")
        );
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_meanwhile_leads_nowhere() {
    use std::{
        os::unix::fs::symlink,
        sync::atomic::AtomicBool,
        time::{Duration, Instant},
    };

    let place = Place::new();
    let allowed = place.root.join("allowed");
    fs::create_dir(place.root.join("outside")).unwrap();
    fs::write(place.root.join("outside/b.txt"), "secret").unwrap();
    fs::create_dir(allowed.join("real")).unwrap();
    fs::write(allowed.join("real/b.txt"), "world").unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                let _ = fs::rename(allowed.join("real"), allowed.join("kept"));
                let _ = symlink("../outside", allowed.join("real"));
                let _ = fs::remove_file(allowed.join("real"));
                let _ = fs::rename(allowed.join("kept"), allowed.join("real"));
            }
        });
        let start = Instant::now();
        let mut number = 0;
        while start.elapsed() < Duration::from_millis(300) {
            if let Ok(bytes) = read(&place.files, "real/b.txt") {
                assert_eq!(bytes, b"world");
            }
            let _ = place.files.save(&format!("real/{number}"), b"x");
            number += 1;
        }
        over.store(true, Ordering::Relaxed);
    });
    let outside = fs::read_dir(place.root.join("outside")).unwrap().count();
    assert_eq!(outside, 1, "something was saved outside");
}
