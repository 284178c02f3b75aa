//! New channels: those who ring us, and legs towards a device.

use crate::channel::{CallerId, Channel, ChannelKey, Doing, Far, State};
use crate::class::Classes;
use crate::dialplan;
use crate::pbx::Pbx;
use crate::wire::event;

/// What a channel is made of.
pub(crate) struct NewChannel<'a> {
    pub(crate) name: String,
    pub(crate) uniqueid: Option<String>,
    pub(crate) linkedid: Option<String>,
    pub(crate) state: State,
    pub(crate) caller: CallerId,
    pub(crate) context: &'a str,
    pub(crate) exten: &'a str,
    pub(crate) far: Far,
}

impl Pbx {
    /// A new channel, told to everybody. `linkedid` is the call it belongs to, if it is not a call of its own.
    pub(crate) fn new_channel(&mut self, new: NewChannel<'_>) -> ChannelKey {
        let uniqueid = new.uniqueid.unwrap_or_else(|| self.new_uniqueid());
        let channel = Channel {
            name: new.name,
            linkedid: new.linkedid.unwrap_or_else(|| uniqueid.clone()),
            uniqueid,
            state: new.state,
            caller: new.caller,
            connected: CallerId::default(),
            context: new.context.to_owned(),
            exten: new.exten.to_owned(),
            priority: 1,
            app: String::new(),
            app_data: String::new(),
            far: new.far,
            doing: Doing::Nothing,
            step: 0,
            since: self.now,
            bridge: None,
            holding: false,
            runs: new.state == State::Ring,
            goes_on: None,
            recordings: 0,
            ends_at: None,
            dialled: new.exten.to_owned(),
            cause: 0,
        };
        let key = ChannelKey(self.next_key());
        self.tell(
            Classes::CALL,
            event("Newchannel", Classes::CALL).channel("", Some(&channel)),
        );
        self.channels.insert(key, channel);
        key
    }

    /// A number is dialled by somebody: a new channel runs the dialplan. Unknown numbers are refused before there is one.
    pub(crate) fn incoming(
        &mut self,
        far: Far,
        device: &str,
        caller: CallerId,
        context: &str,
        exten: &str,
    ) {
        if !dialplan::exists(context, exten, 1) {
            return;
        }
        let name = self.new_name(device);
        let state = State::Ring;
        let key = self.new_channel(NewChannel {
            name,
            uniqueid: None,
            linkedid: None,
            state,
            caller,
            context,
            exten,
            far,
        });
        self.run(key);
    }

    /// A leg towards a device, silent yet; `None` if nothing is registered there. A client may choose the Uniqueid, and
    /// for a Local pair the second half's as well.
    pub(crate) fn request(
        &mut self,
        device: &str,
        linkedid: Option<String>,
        (uniqueid, other): (Option<String>, Option<String>),
    ) -> Option<ChannelKey> {
        let (technology, rest) = device.split_once('/')?;
        if technology.eq_ignore_ascii_case("Local") {
            return self.request_local(rest, linkedid, uniqueid, other);
        }
        if !technology.eq_ignore_ascii_case("PJSIP") {
            return None;
        }
        let (name, caller, far, context) = match rest.split_once('@') {
            Some((_, "trunk")) => (
                "PJSIP/trunk".to_owned(),
                CallerId::default(),
                Far::Trunk,
                "from-trunk",
            ),
            Some(_) => return None,
            None => {
                let phone = self.phones.get(rest).filter(|phone| phone.registered)?;
                let caller = CallerId::new(rest, &phone.name);
                (
                    format!("PJSIP/{rest}"),
                    caller,
                    Far::Phone(rest.to_owned()),
                    "internal",
                )
            }
        };
        let name = self.new_name(&name);
        Some(self.new_channel(NewChannel {
            name,
            uniqueid,
            linkedid,
            state: State::Down,
            caller,
            context,
            exten: "s",
            far,
        }))
    }

    pub(crate) fn set_caller(&mut self, key: ChannelKey, caller: CallerId) {
        let Some(channel) = self
            .channels
            .get_mut(&key)
            .filter(|channel| channel.caller != caller)
        else {
            return;
        };
        channel.caller = caller;
        let text = event("NewCallerid", Classes::CALL)
            .channel("", Some(channel))
            .with("CID-CallingPres", "0 (Presentation Allowed, Not Screened)");
        self.tell(Classes::CALL, text);
    }

    /// The channel learns whom it is connected with. What a Local half learns is what the other half is called by, and
    /// whoever talks to that half learns it as well.
    pub(crate) fn set_connected(&mut self, key: ChannelKey, connected: CallerId) {
        let Some(channel) = self
            .channels
            .get_mut(&key)
            .filter(|channel| channel.connected != connected)
        else {
            return;
        };
        channel.connected = connected.clone();
        let far = channel.far.clone();
        let text = event("NewConnectedLine", Classes::CALL).channel("", Some(channel));
        self.tell(Classes::CALL, text);
        if let Far::Local { other, .. } = far
            && self
                .channels
                .get(&other)
                .is_some_and(|half| half.caller != CallerId::default())
        {
            self.set_caller(other, connected.clone());
            if let Some(behind) = self.talks_with(other) {
                self.set_connected(behind, connected);
            }
        }
    }

    /// Who is at this end.
    pub(crate) fn who(&self, key: ChannelKey) -> CallerId {
        self.channels
            .get(&key)
            .map(|channel| channel.caller.clone())
            .unwrap_or_default()
    }

    /// A phone of ours, as a caller.
    pub(crate) fn caller_of(&self, exten: &str) -> CallerId {
        let name = self
            .phones
            .get(exten)
            .map(|phone| phone.name.clone())
            .unwrap_or_default();
        CallerId::new(exten, &name)
    }
}
