//! How SQLite finds a simulated disk: a VFS under a name of its own (<https://www.sqlite.org/vfs.html>). Only pointers
//! are turned into Rust's values here; what happens is in `opened.rs`.

#![allow(unsafe_code, reason = "SQLite asks for its files through C function pointers")]

mod file;

use crate::Inner;
use crate::fault::Failure;
use crate::opened::{Manner, Opened};
use rusqlite::ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// A place among SQLite's VFSs. They are never taken back (an open file may point there), but used again for another
/// disk when everything of the last one is closed.
struct Place {
    name: CString,
    text: String,
    serves: Mutex<Weak<Inner>>,
}

/// The places nobody uses.
static FREE: Mutex<Vec<&'static Place>> = Mutex::new(Vec::new());
/// How many places there are.
static MADE: Mutex<usize> = Mutex::new(0);

/// A place that is taken, until it is dropped.
pub struct Registered(&'static Place);

impl Registered {
    /// Takes a place.
    pub fn take() -> Self {
        let free = FREE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Self(free.unwrap_or_else(register))
    }

    /// Leads what SQLite asks there to a disk.
    pub fn serve(&self, inner: &Arc<Inner>) {
        *self.0.serves.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(inner);
    }

    /// The name of the VFS.
    pub fn name(&self) -> &str {
        &self.0.text
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        *self.0.serves.lock().unwrap_or_else(PoisonError::into_inner) = Weak::new();
        FREE.lock().unwrap_or_else(PoisonError::into_inner).push(self.0);
    }
}

/// The longest name of a file.
const PATH_MAX: c_int = 1_024;

fn register() -> &'static Place {
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    *made += 1;
    let text = format!("simulated-{made}");
    let name = CString::new(text.clone()).expect("a name of letters and digits has no zero in it");
    let place: &'static Place = Box::leak(Box::new(Place { name, text, serves: Mutex::new(Weak::new()) }));
    let vfs = Box::leak(Box::new(ffi::sqlite3_vfs {
        iVersion: 2,
        szOsFile: c_int::try_from(size_of::<file::File>()).expect("a file is a few words"),
        mxPathname: PATH_MAX,
        pNext: std::ptr::null_mut(),
        zName: place.name.as_ptr(),
        pAppData: std::ptr::from_ref(place).cast_mut().cast::<c_void>(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_pathname),
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(current_time),
        xGetLastError: None,
        xCurrentTimeInt64: Some(current_time_int64),
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    }));
    // SAFETY: the structure and all it points to live for ever.
    let code = unsafe { ffi::sqlite3_vfs_register(vfs, 0) };
    assert_eq!(code, ffi::SQLITE_OK, "SQLite takes a VFS");
    place
}

/// The disk behind a VFS.
///
/// # Safety
/// `vfs` is one that [`register`] made.
unsafe fn disk(vfs: *mut ffi::sqlite3_vfs) -> Option<Arc<Inner>> {
    // SAFETY: `pAppData` points to a place that lives for ever.
    let place = unsafe { &*(*vfs).pAppData.cast::<Place>() };
    place.serves.lock().unwrap_or_else(PoisonError::into_inner).upgrade()
}

/// The name of a file.
///
/// # Safety
/// `name` is null or a C string that outlives the result.
unsafe fn path<'n>(name: *const c_char) -> Option<&'n Path> {
    if name.is_null() {
        return None;
    }
    // SAFETY: as the caller promises.
    let name = unsafe { CStr::from_ptr(name) };
    name.to_str().ok().map(Path::new)
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    let file = file.cast::<file::File>();
    // SAFETY: SQLite passes a VFS of ours, room of `szOsFile` bytes, and names that outlive the call. A file whose
    // methods are null is not closed.
    let (disk, path) = unsafe {
        file.write(file::File::closed());
        (disk(vfs), path(name))
    };
    let Some(disk) = disk else { return ffi::SQLITE_CANTOPEN };
    let has = |flag: c_int| flags & flag != 0;
    let manner = Manner {
        create: has(ffi::SQLITE_OPEN_CREATE),
        exclusive: has(ffi::SQLITE_OPEN_EXCLUSIVE),
        remove_at_close: has(ffi::SQLITE_OPEN_DELETEONCLOSE),
        journal: has(ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL | ffi::SQLITE_OPEN_WAL),
    };
    let opened = match path {
        Some(path) => Opened::named(&disk, path, manner),
        None => Ok(Opened::temporary(&disk)),
    };
    match opened {
        Ok(opened) => {
            // SAFETY: as above; `flags_out` is null or room for a number.
            unsafe {
                file.write(file::File::of(opened));
                if let Some(flags_out) = flags_out.as_mut() {
                    *flags_out = flags;
                }
            }
            ffi::SQLITE_OK
        }
        Err(Failure::Full) => ffi::SQLITE_FULL,
        Err(Failure::Broken | Failure::Missing) => ffi::SQLITE_CANTOPEN,
    }
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_dir: c_int) -> c_int {
    // SAFETY: SQLite passes a VFS of ours and a name that outlives the call.
    let (disk, path) = unsafe { (disk(vfs), path(name)) };
    let (Some(disk), Some(path)) = (disk, path) else { return ffi::SQLITE_IOERR_DELETE };
    match disk.remove(path, sync_dir != 0) {
        Ok(()) => ffi::SQLITE_OK,
        Err((_, true)) => ffi::SQLITE_IOERR_DIR_FSYNC,
        Err((Failure::Missing, false)) => ffi::SQLITE_IOERR_DELETE_NOENT,
        Err((Failure::Full | Failure::Broken, false)) => ffi::SQLITE_IOERR_DELETE,
    }
}

unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    _flags: c_int,
    found: *mut c_int,
) -> c_int {
    // SAFETY: SQLite passes a VFS of ours, a name that outlives the call, and room for the answer.
    unsafe {
        let (Some(disk), Some(path)) = (disk(vfs), path(name)) else { return ffi::SQLITE_IOERR_ACCESS };
        *found = c_int::from(disk.is_there(path));
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_pathname(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    into: *mut c_char,
) -> c_int {
    // SAFETY: SQLite passes a C string, and room of that many bytes.
    unsafe {
        let name = CStr::from_ptr(name).to_bytes_with_nul();
        if usize::try_from(room).is_ok_and(|room| name.len() > room) {
            return ffi::SQLITE_CANTOPEN;
        }
        into.copy_from_nonoverlapping(name.as_ptr().cast(), name.len());
    }
    ffi::SQLITE_OK
}

/// The same bytes every time. What SQLite puts into its log's header comes from the default VFS all the same.
unsafe extern "C" fn randomness(_vfs: *mut ffi::sqlite3_vfs, count: c_int, into: *mut c_char) -> c_int {
    // SAFETY: SQLite passes room for that many bytes.
    unsafe { into.write_bytes(42, usize::try_from(count).unwrap_or(0)) };
    count
}

/// SQLite waits for another connection, and there is nothing that could wake it.
#[allow(clippy::disallowed_methods, reason = "SQLite asks for this very thing")]
unsafe extern "C" fn sleep(_vfs: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    std::thread::sleep(Duration::from_micros(u64::try_from(microseconds).unwrap_or(0)));
    microseconds
}

/// Monday, 2 March 2026, 08:00, as a Julian day in milliseconds: it is always that.
const NOW_MS: i64 = 1_772_438_400_000 + 210_866_760_000_000;
/// Milliseconds of a day.
const DAY_MS: f64 = 86_400_000.0;

unsafe extern "C" fn current_time(_vfs: *mut ffi::sqlite3_vfs, into: *mut f64) -> c_int {
    // SAFETY: SQLite passes room for the answer.
    unsafe { *into = NOW_MS as f64 / DAY_MS };
    ffi::SQLITE_OK
}

unsafe extern "C" fn current_time_int64(_vfs: *mut ffi::sqlite3_vfs, into: *mut ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite passes room for the answer.
    unsafe { *into = NOW_MS };
    ffi::SQLITE_OK
}
