//! What most commands begin with: settings, the open database, a desk.

use std::path::Path;

use super::failure::Failure;
use crate::clock::{Clock, Dice};
use crate::confine;
use crate::daemon::{Desk, Vault, assemble};
use crate::settings::Settings;

/// Settings, database and the system's clock.
pub(super) struct Context {
    pub(super) settings: Settings,
    pub(super) vault: Vault,
    pub(super) clock: Clock,
    pub(super) dice: Dice,
}

impl Context {
    /// For the service: with passwords; the database is made when it is missing.
    pub(super) async fn for_service(config: &Path) -> Result<Self, Failure> {
        Self::open(Settings::load(config)?, true).await
    }

    /// For a clerk's command beside the running service.
    pub(super) async fn for_clerk(config: &Path) -> Result<Self, Failure> {
        Self::open(Settings::load_without_passwords(config)?, false).await
    }

    async fn open(settings: Settings, create: bool) -> Result<Self, Failure> {
        let (clock, dice) = (Clock::system(), Dice::system());
        let vault = Vault::open(&settings.database, create, &clock, &dice).await?;
        Ok(Self { settings, vault, clock, dice })
    }

    pub(super) async fn desk(&self) -> Result<Desk, Failure> {
        let readers = Some(confine::Options::default());
        Ok(assemble(&self.settings, &self.vault, &self.clock, &self.dice, readers).await?)
    }
}
