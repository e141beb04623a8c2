//! Gives the window its rights and its screens at build time: the permissions and capabilities of `src-tauri/`, and
//! the files of `ui/dist`.

fn main() {
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
