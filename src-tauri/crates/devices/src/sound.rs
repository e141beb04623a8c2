//! What a till lets its cashier hear. With the feature `sound` through the sound card, otherwise nothing; a machine
//! without one stays silent.

use std::time::Duration;

/// A sound with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// A code was read and rung up.
    Added,
    /// A code was refused.
    Refused,
    /// Something wants a look at the screen.
    Attention,
}

/// Equal tones with equal pauses between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tones {
    /// How many.
    pub count: u32,
    /// Pitch, in hertz.
    pub hertz: u16,
    /// How long each sounds, and how long the pause after it is.
    pub each: Duration,
}

impl Sound {
    /// How it sounds. Refusal is low and doubled, so that it stands out of a run of scans without a look.
    pub const fn tones(self) -> Tones {
        match self {
            Self::Added => Tones { count: 1, hertz: 1200, each: Duration::from_millis(60) },
            Self::Refused => Tones { count: 2, hertz: 300, each: Duration::from_millis(150) },
            Self::Attention => Tones { count: 3, hertz: 600, each: Duration::from_millis(120) },
        }
    }
}

#[cfg(not(feature = "sound"))]
mod speaker {
    use super::Sound;

    /// A till built without sound.
    #[derive(Debug, Default)]
    pub struct Speaker;

    impl Speaker {
        /// Nothing is heard.
        #[allow(clippy::unused_self, reason = "the same shape as with sound")]
        pub const fn play(&self, _sound: Sound) {}
    }
}

#[cfg(feature = "sound")]
mod speaker {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
    use std::sync::{Arc, OnceLock};
    use std::thread;
    use std::time::{Duration, Instant};

    use rodio::source::{SineWave, Source};
    use rodio::{DeviceSinkBuilder, MixerDeviceSink, Player};

    use super::Sound;

    /// Tones that may wait; what comes then is dropped, because a beep for an old scan only confuses.
    const WAITING_MAX: usize = 6;
    /// Full scale hurts in a quiet shop.
    const VOLUME: f32 = 0.25;
    /// After a failure the sound card is not tried again for this long.
    const TRY_AGAIN: Duration = Duration::from_secs(30);

    /// The sound card, opened at the first sound by a thread of its own.
    #[derive(Debug, Default)]
    pub struct Speaker {
        sounds: OnceLock<Option<SyncSender<Sound>>>,
    }

    impl Speaker {
        /// Plays a sound as soon as the ones before it are over. Returns at once.
        pub fn play(&self, sound: Sound) {
            let Some(sounds) = self.sounds.get_or_init(start) else { return };
            match sounds.try_send(sound) {
                // Too many wait, or the thread is gone: this sound is not heard, and nothing else depends on it.
                Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
            }
        }
    }

    fn start() -> Option<SyncSender<Sound>> {
        let (sounds, requests) = sync_channel(WAITING_MAX);
        thread::Builder::new().name("sound".to_owned()).spawn(move || run(&requests)).ok().map(|_| sounds)
    }

    fn run(requests: &Receiver<Sound>) {
        let mut card: Option<Card> = None;
        let mut failed: Option<Instant> = None;
        while let Ok(sound) = requests.recv() {
            if card.as_ref().is_some_and(|card| card.broken.load(Ordering::Relaxed)) {
                card = None;
            }
            if card.is_none() && failed.is_none_or(|at| at.elapsed() >= TRY_AGAIN) {
                card = Card::open();
                failed = card.is_none().then(Instant::now);
            }
            if let Some(card) = &card {
                card.play(sound);
            }
        }
    }

    /// An open sound card.
    struct Card {
        player: Player,
        /// Set when the card is unplugged.
        broken: Arc<AtomicBool>,
        /// Plays for as long as it is held.
        _sink: MixerDeviceSink,
    }

    impl Card {
        fn open() -> Option<Self> {
            let broken = Arc::new(AtomicBool::new(false));
            let tell = Arc::clone(&broken);
            let builder = DeviceSinkBuilder::from_default_device().ok()?;
            let mut sink = builder
                .with_error_callback(move |_| tell.store(true, Ordering::Relaxed))
                .open_sink_or_fallback()
                .ok()?;
            sink.log_on_drop(false);
            Some(Self { player: Player::connect_new(sink.mixer()), broken, _sink: sink })
        }

        fn play(&self, sound: Sound) {
            let tones = sound.tones();
            for _ in 0..tones.count {
                if self.player.len() < WAITING_MAX {
                    let tone =
                        SineWave::new(f32::from(tones.hertz)).take_duration(tones.each).amplify(VOLUME);
                    self.player.append(tone);
                    let pause = SineWave::new(f32::from(tones.hertz)).take_duration(tones.each).amplify(0.0);
                    self.player.append(pause);
                }
            }
        }
    }
}

pub use speaker::Speaker;
