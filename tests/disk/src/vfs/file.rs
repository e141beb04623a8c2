//! An open file as SQLite calls it: a structure of C whose first member is a table of functions.

use crate::fault::Failure;
use crate::lock::{Level, SHARED_LOCKS, Want};
use crate::opened::Opened;
use rusqlite::ffi;
use std::ffi::{c_int, c_void};
use std::ptr;
use std::slice;
use std::sync::atomic::{Ordering, fence};

/// What SQLite allocates for an open file.
#[repr(C)]
pub struct File {
    base: ffi::sqlite3_file,
    opened: *mut Opened,
}

impl File {
    /// One that could not be opened.
    pub fn closed() -> Self {
        Self { base: ffi::sqlite3_file { pMethods: ptr::null() }, opened: ptr::null_mut() }
    }

    /// One that is open.
    pub fn of(opened: Opened) -> Self {
        Self {
            base: ffi::sqlite3_file { pMethods: &raw const METHODS },
            opened: Box::into_raw(Box::new(opened)),
        }
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// The open file behind a structure.
///
/// # Safety
/// `file` is one that [`File::of`] filled and [`close`] did not see yet; SQLite uses it from one thread at a time.
unsafe fn opened<'f>(file: *mut ffi::sqlite3_file) -> &'f mut Opened {
    // SAFETY: as the caller promises.
    unsafe { &mut *(*file.cast::<File>()).opened }
}

fn code(done: Result<(), Failure>, broken: c_int) -> c_int {
    match done {
        Ok(()) => ffi::SQLITE_OK,
        Err(Failure::Full) => ffi::SQLITE_FULL,
        Err(Failure::Broken | Failure::Missing) => broken,
    }
}

fn index(number: ffi::sqlite3_int64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file that is open, once.
    let opened = unsafe { Box::from_raw((*file.cast::<File>()).opened) };
    code(opened.close(), ffi::SQLITE_IOERR_CLOSE)
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    count: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite passes a file that is open, and room for that many bytes.
    let (opened, into) =
        unsafe { (opened(file), slice::from_raw_parts_mut(into.cast::<u8>(), index(i64::from(count)))) };
    match opened.read(index(offset), into) {
        Ok(there) if there == into.len() => ffi::SQLITE_OK,
        Ok(there) => {
            // SQLite counts on zeros there.
            into[there..].fill(0);
            ffi::SQLITE_IOERR_SHORT_READ
        }
        Err(_) => ffi::SQLITE_IOERR_READ,
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    count: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite passes a file that is open, and that many bytes.
    let (opened, from) =
        unsafe { (opened(file), slice::from_raw_parts(from.cast::<u8>(), index(i64::from(count)))) };
    code(opened.write(index(offset), from), ffi::SQLITE_IOERR_WRITE)
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite passes a file that is open.
    let opened = unsafe { opened(file) };
    code(opened.truncate(index(length)), ffi::SQLITE_IOERR_TRUNCATE)
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _flags: c_int) -> c_int {
    // SAFETY: SQLite passes a file that is open.
    let opened = unsafe { opened(file) };
    code(opened.sync(), ffi::SQLITE_IOERR_FSYNC)
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, length: *mut ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite passes a file that is open, and room for the answer.
    unsafe { *length = i64::try_from(opened(file).length()).unwrap_or(i64::MAX) };
    ffi::SQLITE_OK
}

fn level(level: c_int) -> Level {
    match level {
        ffi::SQLITE_LOCK_SHARED => Level::Shared,
        ffi::SQLITE_LOCK_RESERVED => Level::Reserved,
        ffi::SQLITE_LOCK_PENDING => Level::Pending,
        ffi::SQLITE_LOCK_EXCLUSIVE => Level::Exclusive,
        _ => Level::None,
    }
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, wanted: c_int) -> c_int {
    // SAFETY: SQLite passes a file that is open.
    let opened = unsafe { opened(file) };
    if opened.lock(level(wanted)) { ffi::SQLITE_OK } else { ffi::SQLITE_BUSY }
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, left: c_int) -> c_int {
    // SAFETY: SQLite passes a file that is open.
    let opened = unsafe { opened(file) };
    opened.unlock(level(left));
    ffi::SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(file: *mut ffi::sqlite3_file, is_reserved: *mut c_int) -> c_int {
    // SAFETY: SQLite passes a file that is open, and room for the answer.
    unsafe { *is_reserved = c_int::from(opened(file).is_reserved()) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn file_control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

/// Bytes of a sector, as SQLite's own layers say.
unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    4_096
}

/// As SQLite's own layers say: bytes beside a write are not harmed.
unsafe extern "C" fn device_characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    number: c_int,
    bytes: c_int,
    make: c_int,
    region: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite passes a file that is open.
    let opened = unsafe { opened(file) };
    let found = opened.region(index(i64::from(number)), index(i64::from(bytes)), make != 0);
    let address = found.map_or(ptr::null_mut(), |found| found.as_ptr().cast_mut().cast::<c_void>());
    // SAFETY: SQLite passes room for the answer. The region is made of atomic numbers, which may be written through a
    // shared reference, and the file keeps it until it has done with it.
    unsafe { *region = address };
    ffi::SQLITE_OK
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: SQLite passes a file that is open.
    let opened = unsafe { opened(file) };
    let (first, count) = (index(i64::from(first)), index(i64::from(count)));
    if first + count > SHARED_LOCKS {
        return ffi::SQLITE_IOERR_SHMLOCK;
    }
    let mask = ((1_u32 << count) - 1) << first;
    if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
        opened.release(mask);
        return ffi::SQLITE_OK;
    }
    let want = if flags & ffi::SQLITE_SHM_SHARED != 0 { Want::Shared } else { Want::Alone };
    if opened.hold(mask, want) { ffi::SQLITE_OK } else { ffi::SQLITE_BUSY }
}

unsafe extern "C" fn shm_barrier(_: *mut ffi::sqlite3_file) {
    fence(Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, _remove: c_int) -> c_int {
    // SAFETY: SQLite passes a file that is open.
    let opened = unsafe { opened(file) };
    opened.leave_memory();
    ffi::SQLITE_OK
}
