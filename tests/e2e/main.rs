//! The app in its real window on a real Asterisk. What the calls did is asked from Asterisk, never from the board.

mod access;
mod connect;
mod day;
mod desktop;
mod drag;
mod driver;
mod hand;
mod keys;
mod killed;
mod loss;
mod names;
mod office;
mod page;
mod pictures;
mod practice;
mod process;
