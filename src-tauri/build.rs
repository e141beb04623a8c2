//! Gives the window its rights and its screens at build time: the permissions and capabilities of `src-tauri/`, and
//! the files of `ui/dist`.

fn main() {
    order_functions();
    // What is embedded comes from here; cargo looks at nothing else once one of these lines is printed.
    for path in ["tauri.conf.json", "src-tauri/permissions", "src-tauri/capabilities", "icons", "ui/dist"] {
        println!("cargo:rerun-if-changed={path}");
    }
    // While developing the screens come from their own server.
    let from_server = std::env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_none();
    assert!(
        from_server || std::path::Path::new("ui/dist/index.html").is_file(),
        "the screens are not built; run `npm ci` and `npm run build` in the folder ui first"
    );
    let permissions =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(permissions);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("the window's configuration: {error:#}");
    }
}

/// Puts the functions a start runs beside each other, where it is recorded which they are: `start_order.rs` of xtask says why.
/// The words are those of LLD, Rust's linker on x86-64 Linux; where another one is set, this variable is not to be.
fn order_functions() {
    println!("cargo:rerun-if-env-changed=TILLKEEPER_START_ORDER");
    let Some(order) = std::env::var_os("TILLKEEPER_START_ORDER").map(std::path::PathBuf::from) else {
        return;
    };
    println!("cargo:rerun-if-changed={}", order.display());
    if order.is_file() {
        println!("cargo:rustc-link-arg-bins=-Wl,--symbol-ordering-file={}", order.display());
        println!("cargo:rustc-link-arg-bins=-Wl,--no-warn-symbol-ordering");
    }
}
