//! `cargo xtask dist`: what people install who have no toolchain, for each vendor and system.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, bail, ensure};
use clap::Args;
use codegen::{
    plan::VendorPlan,
    release::{Published, Release, server_json},
};

use crate::{
    dist::{
        Artefacts, Builder, EARLIEST, Named, Program, Project, Target, bundle, fresh_clone,
        is_committed, package,
    },
    specs, terminal, workspace,
};

/// Options of `cargo xtask dist`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// The vendors; all of them if none is named.
    #[arg(value_name = "VENDOR")]
    vendors: Vec<String>,
    /// What to build for (repeatable): this machine unless said. Two of macOS become one program in the bundle.
    #[arg(long, value_name = "TRIPLE")]
    target: Vec<String>,
    /// Where the files go: target/dist/VERSION unless said.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    named: Named,
    /// Build nothing: take programs and archives that were made elsewhere out of this folder (repeatable), and join them.
    #[arg(long, value_name = "DIR", conflicts_with = "target")]
    from: Vec<PathBuf>,
    /// Then build everything again in a fresh clone with an empty target, and compare the bytes.
    #[arg(long, conflicts_with = "from")]
    verify: bool,
    /// Print what was made as JSON.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask dist                                      every vendor, for this machine
  cargo xtask dist VENDOR --verify                      one, and the proof that another clone gives the same bytes
  cargo xtask dist --target x86_64-pc-windows-msvc      for another system, whose linker is here
  cargo xtask dist --from linux --from mac --out all    bundles for several systems, of programs that were built on each
  cargo xtask dist --json | jq -r '.artefacts[].file'   for a script
  cargo xtask dist --repository https://github.com/OWNER/REPOSITORY --namespace io.github.OWNER
                                                        with server.json, the entry of the MCP registry

Of each vendor: the program; an archive of it with completions, licences and a README; a bundle (.mcpb) for clients that
install one; server.json. SHA256SUMS holds the checksums of all. What the project is called in public, [workspace.metadata.dist]
of Cargo.toml may say: author, repository, namespace, download.

Files of archives carry the time of the commit, or SOURCE_DATE_EPOCH; those of bundles no time at all.

Exit codes:
  0  everything was made
  1  something could not be, or --verify found other bytes
  2  the command line is wrong";

/// The variable by which reproducible builds are told a time.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    if options.verify {
        is_committed(&workspace::root())?;
    }
    let artefacts = make(options)?;
    if options.json {
        println!("{:#}", artefacts.json());
    } else {
        print!("{}", artefacts.text());
    }
    if options.verify {
        return verify(options, &artefacts);
    }
    Ok(ExitCode::SUCCESS)
}

fn make(options: &Options) -> anyhow::Result<Artefacts> {
    let plans = plans(&options.vendors)?;
    let project = Project::read(&options.named)?;
    let releases = plans.iter().map(|it| project.release(&it.docs.binary));
    let releases: Vec<Release> = releases.collect::<Result<_, _>>()?;
    let version = &releases.first().context("specs/ has no vendor")?.version;
    ensure!(
        releases.iter().all(|it| it.version == *version),
        "the packages of the vendors have different versions"
    );
    let usual = || workspace::root().join("target/dist").join(version);
    let mut artefacts = Artefacts::new(options.out.clone().unwrap_or_else(usual))?;
    let builders = builders(options)?;
    for (plan, release) in plans.iter().zip(&releases) {
        let programs = if options.from.is_empty() {
            built(&builders, plan, release, &mut artefacts)?
        } else {
            found(plan, release, &options.from, &mut artefacts)?
        };
        publish(plan, release, &project, &programs, &mut artefacts)?;
    }
    artefacts.finish()?;
    Ok(artefacts)
}

/// What is decided of each vendor.
fn plans(vendors: &[String]) -> anyhow::Result<Vec<VendorPlan>> {
    let mut plans = Vec::new();
    for vendor in &workspace::chosen(vendors)? {
        let plan = codegen::generate(&specs::read(vendor)?, None).plan;
        plans.push(plan.with_context(|| {
            format!("specs/{vendor} has mistakes; cargo xtask codegen {vendor} tells them")
        })?);
    }
    Ok(plans)
}

/// What builds for each target; none where nothing is to be built.
fn builders(options: &Options) -> anyhow::Result<Vec<Builder>> {
    if !options.from.is_empty() {
        return Ok(Vec::new());
    }
    let named = options.target.iter().map(|it| Target::of(it));
    let mut targets: Vec<Target> = named.collect::<Result<_, _>>()?;
    if targets.is_empty() {
        targets.push(Target::of_this_machine()?);
    }
    let time = time()?;
    let builders = targets.into_iter().map(|it| Builder::new(it, time));
    builders.collect()
}

/// Builds the programs of a vendor, and packs each for people.
fn built(
    builders: &[Builder],
    plan: &VendorPlan,
    release: &Release,
    artefacts: &mut Artefacts,
) -> anyhow::Result<Vec<Program>> {
    let binary = &plan.docs.binary;
    let mut programs = Vec::new();
    for builder in builders {
        let target = builder.target();
        terminal::note(format!(
            "building {binary} for {}: some minutes",
            target.triple
        ));
        let program = Program::read(target.clone(), builder.build(binary)?)?;
        terminal::note(format!("packing {binary} for {}", target.triple));
        let file = target.platform.file(&target.stem(binary, &release.version));
        artefacts.add("program", file, &program.bytes)?;
        let (file, bytes) = package(plan, release, &program, builder.time())?;
        artefacts.add("archive", file, &bytes)?;
        programs.push(program);
    }
    Ok(programs)
}

/// Takes over what was built and packed elsewhere.
fn found(
    plan: &VendorPlan,
    release: &Release,
    folders: &[PathBuf],
    artefacts: &mut Artefacts,
) -> anyhow::Result<Vec<Program>> {
    let lead = format!("{}-{}-", plan.docs.binary, release.version);
    let mut programs: Vec<Program> = Vec::new();
    for path in files(folders)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(rest) = name.strip_prefix(&lead) else {
            continue;
        };
        if rest.ends_with(".tar.gz") || rest.ends_with(".zip") {
            let bytes = fs::read(&path)?;
            artefacts.add("archive", name.into_owned(), &bytes)?;
            continue;
        }
        let Ok(target) = Target::of(rest.trim_end_matches(".exe")) else {
            continue;
        };
        let is_twice = programs.iter().any(|it| it.target == target);
        ensure!(!is_twice, "two folders have a {name}");
        let program = Program::read(target, path.clone())?;
        artefacts.add("program", name.into_owned(), &program.bytes)?;
        programs.push(program);
    }
    ensure!(
        !programs.is_empty(),
        "no folder of --from has a program whose name begins with {lead}; cargo xtask dist makes them"
    );
    Ok(programs)
}

/// The files of folders, sorted.
fn files(folders: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(folder)
            .with_context(|| format!("cannot read the folder {}", folder.display()))?;
        for entry in entries {
            all.push(entry?.path());
        }
    }
    all.retain(|it| it.is_file());
    all.sort();
    Ok(all)
}

/// Makes the bundle, and says where it can be found.
fn publish(
    plan: &VendorPlan,
    release: &Release,
    project: &Project,
    programs: &[Program],
    artefacts: &mut Artefacts,
) -> anyhow::Result<()> {
    let binary = &plan.docs.binary;
    let file = format!("{binary}-{}.mcpb", release.version);
    let bytes = bundle(plan, release, programs)?;
    let sha256 = artefacts.add("bundle", file.clone(), &bytes)?;
    let entry = format!("{binary}-{}.server.json", release.version);
    match project.published(&release.version, &file) {
        Ok((namespace, repository, url)) => {
            let published = Published {
                namespace,
                repository,
                bundle: &url,
                sha256: &sha256,
            };
            let server = server_json(plan, release, &published).map_err(anyhow::Error::msg)?;
            let text = format!("{server:#}\n");
            artefacts.add("server.json", entry, text.as_bytes())?;
        }
        Err(why) => artefacts.leave_out(entry, why),
    }
    Ok(())
}

/// The time that files carry: as the environment says, or that of the commit.
fn time() -> anyhow::Result<u64> {
    if let Ok(said) = env::var(EPOCH) {
        let seconds = said.trim().parse();
        return seconds.with_context(|| format!("{EPOCH} is no number of seconds: {said}"));
    }
    let output = Command::new("git")
        .current_dir(workspace::root())
        .args(["log", "-1", "--format=%ct"])
        .output();
    let told = output.ok().filter(|it| it.status.success());
    let told = told.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    // Of sources that came without their history, there is no time.
    Ok(told
        .and_then(|it| it.trim().parse().ok())
        .unwrap_or(EARLIEST))
}

/// Makes everything again in a fresh clone, and compares.
fn verify(options: &Options, artefacts: &Artefacts) -> anyhow::Result<ExitCode> {
    let clone = fresh_clone(&workspace::root())?;
    let again = clone.join("target/dist/again");
    terminal::note(format!("building everything again in {}", clone.display()));
    let mut command = Command::new(env::current_exe().context("this program cannot be found")?);
    command.args(["dist", "--root"]).arg(&clone);
    command.arg("--out").arg(&again).args(&options.vendors);
    command.args(options.target.iter().flat_map(|it| ["--target", it]));
    let named = &options.named;
    for (option, value) in [
        ("--repository", &named.repository),
        ("--namespace", &named.namespace),
        ("--download", &named.download),
    ] {
        command.args(value.iter().flat_map(|it| [option, it]));
    }
    let output = command.stderr(std::process::Stdio::inherit()).output()?;
    ensure!(output.status.success(), "the clone could not be built");
    let read = |folder: &Path, file: &str| fs::read(folder.join(file)).ok();
    let is_other = |it: &&str| read(artefacts.folder(), it) != read(&again, it);
    let other: Vec<&str> = artefacts.files().filter(is_other).collect();
    if !other.is_empty() {
        bail!("other bytes in {}: {}", again.display(), other.join(", "));
    }
    terminal::note(format!(
        "the same bytes, file by file, in {}",
        again.display()
    ));
    Ok(ExitCode::SUCCESS)
}
