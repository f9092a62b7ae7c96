//! One login at the provider, used for a few letters.

use lettre::address::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use secrecy::ExposeSecret;

use super::connect;
use super::server::{Limits, Server};
use super::step::{Answer, Fault, Step, Trouble, answer, broken, within};
use crate::fault;
use crate::message::Email;
use crate::outbox::Delivery;

/// An open session. After any fault but a clean refusal it is of no more use: answers could be
/// shifted by one, and the next letter's would be a lie.
pub(crate) struct Session {
    connection: AsyncSmtpConnection,
    from: Address,
    limits: Limits,
    usable: bool,
}

impl Session {
    /// Connects and logs in; each step that succeeded is told to `done`.
    pub(crate) async fn open(
        server: &Server,
        mut done: impl FnMut(Step) + Send,
    ) -> Result<Self, Trouble> {
        let from = address(Step::Sender, &server.from)?;
        let tcp = connect::tcp(server).await?;
        done(Step::Connect);
        let wire = connect::protect(server, tcp).await?;
        done(Step::Tls);
        let name = ClientId::Domain(server.ehlo.clone());
        let greeting = AsyncSmtpConnection::connect_with_transport(Box::new(wire), &name);
        let connection = within(Step::Greeting, server.limits.command, greeting).await?;
        let failed = |error| Trouble { step: Step::Greeting, fault: Fault::from(&error) };
        let connection = connection.map_err(failed)?;
        done(Step::Greeting);
        let mut session = Self { connection, from, limits: server.limits, usable: true };
        if let Some(login) = &server.login {
            let password = login.password.expose_secret().to_owned();
            let credentials = Credentials::new(login.user.clone(), password);
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            let login = session.connection.auth(&mechanisms, &credentials);
            answer(Step::Login, server.limits.command, &[235], login).await?;
            done(Step::Login);
        }
        Ok(session)
    }

    /// Whether the next letter can be sent over it.
    pub(crate) fn usable(&self) -> bool {
        self.usable
    }

    /// Sends one letter to one recipient.
    pub(crate) async fn send(&mut self, to: &Email, mail: &[u8]) -> Delivery {
        let delivery = match self.envelope(to).await {
            Ok(()) => self.text(mail).await,
            Err(Trouble { step, fault: Fault::Answered(answer) }) => {
                Delivery::Refused { step, answer }
            }
            Err(trouble) => Delivery::NotSent { trouble },
        };
        self.usable = match &delivery {
            Delivery::Sent { .. } => true,
            // 421: the server closes. A positive code in the wrong place: the answers are shifted.
            Delivery::Refused { answer, .. } => {
                answer.code != 421 && answer.code >= 400 && self.reset().await
            }
            Delivery::NotSent { .. } | Delivery::Uncertain { .. } => false,
        };
        delivery
    }

    /// Everything that can be repeated.
    async fn envelope(&mut self, to: &Email) -> Result<(), Trouble> {
        let to = address(Step::Recipient, to)?;
        let limit = self.limits.command;
        let mail = self.connection.command(Mail::new(Some(self.from.clone()), Vec::new()));
        answer(Step::Sender, limit, &[250], mail).await?;
        let recipient = self.connection.command(Rcpt::new(to, Vec::new()));
        answer(Step::Recipient, limit, &[250, 251], recipient).await?;
        fault::point("before-data");
        answer(Step::Data, limit, &[354], self.connection.command(Data)).await?;
        Ok(())
    }

    /// The text: from its first byte on, a lost answer leaves the outcome unknown.
    async fn text(&mut self, mail: &[u8]) -> Delivery {
        let sending = self.connection.message(mail);
        let answered = answer(Step::Text, self.limits.text, &[250], sending).await;
        fault::point("after-data");
        match answered {
            Ok(answer) => Delivery::Sent { answer },
            Err(Trouble { step, fault: Fault::Answered(answer) }) if answer.code >= 400 => {
                Delivery::Refused { step, answer }
            }
            Err(trouble) => Delivery::Uncertain { trouble },
        }
    }

    /// Makes a session ready again after a refusal.
    async fn reset(&mut self) -> bool {
        answer(Step::Sender, self.limits.command, &[250], self.connection.command(Rset))
            .await
            .is_ok()
    }

    /// Says goodbye.
    pub(crate) async fn quit(mut self) -> Result<Answer, Trouble> {
        answer(Step::Goodbye, self.limits.connect, &[221], self.connection.command(Quit)).await
    }
}

fn address(step: Step, email: &Email) -> Result<Address, Trouble> {
    email.as_str().parse::<Address>().map_err(|error| broken(step, error))
}
