//! A mouse as X11 has it: WebDriver's pointer is not a hand.

use anyhow::{Result, ensure};
use lab::Version;

use crate::desktop::Desktop;
use crate::office::{CARA, MY_CALL, Office};
use crate::page::{Page, Point};

/// Presses at one place of the screen and moves, as a hand does, to another.
async fn press_and_move(desktop: &Desktop, from: Point, to: Point) -> Result<()> {
    let steps = 12;
    let mut script = format!("mousemove {} {} mousedown 1", from.x, from.y);
    for step in 1..=steps {
        let x = from.x + (to.x - from.x) * step / steps;
        let y = from.y + (to.y - from.y) * step / steps;
        script.push_str(&format!(" sleep 0.03 mousemove {x} {y}"));
    }
    let words: Vec<&str> = script.split(' ').collect();
    desktop.tool("xdotool", &words).await.map(drop)
}

/// Clicks a place of the page with the other button. WebDriver's never comes up again: its next press is told as a move.
pub(crate) async fn click_other(page: &Page, at: Point) -> Result<()> {
    click(page, at, "3").await
}

async fn click(page: &Page, at: Point, button: &str) -> Result<()> {
    let at = on_screen(page, at).await?;
    let (x, y) = (at.x.to_string(), at.y.to_string());
    let words = ["mousemove", &x, &y, "click", button];
    page.desktop.tool("xdotool", &words).await.map(drop)
}

async fn let_go(desktop: &Desktop) -> Result<()> {
    desktop.tool("xdotool", &["mouseup", "1"]).await.map(drop)
}

/// A place of the page on the screen.
async fn on_screen(page: &Page, at: Point) -> Result<Point> {
    let (x, y) = page.desktop.origin().await?;
    Ok(Point {
        x: at.x + x,
        y: at.y + y,
    })
}

#[tokio::test]
async fn a_mouse_moves_a_call() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    let from = on_screen(page, page.grip(MY_CALL).await?).await?;
    let to = on_screen(page, page.middle(CARA).await?).await?;
    press_and_move(&page.desktop, from, to).await?;
    page.wait_words("[data-ghost]", "Jane Doe goes to 103")
        .await?;
    let_go(&page.desktop).await?;
    office.expect_transferred().await
}

#[tokio::test]
async fn let_go_outside_the_window_a_call_stays_and_the_next_drag_works() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    let from = on_screen(page, page.grip(MY_CALL).await?).await?;
    let outside = Point { x: 2, y: 900 };
    press_and_move(&page.desktop, from, outside).await?;
    page.wait_for("[data-ghost]").await?;
    let_go(&page.desktop).await?;
    page.wait_gone("[data-ghost]").await?;
    office.expect_nothing_moved().await?;
    let from = on_screen(page, page.grip(MY_CALL).await?).await?;
    let to = on_screen(page, page.middle(CARA).await?).await?;
    press_and_move(&page.desktop, from, to).await?;
    page.wait_words("[data-ghost]", "Jane Doe goes to 103")
        .await?;
    let_go(&page.desktop).await?;
    office.expect_transferred().await
}

/// A menu asked for with the other button, and closed again, leaves the hand as it was.
#[tokio::test]
async fn after_a_menu_the_next_drag_works() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    let (call, cara) = (page.grip(MY_CALL).await?, page.middle(CARA).await?);
    click_other(page, call).await?;
    page.wait_for("[data-region=menu]").await?;
    click(page, cara, "1").await?;
    page.wait_gone("[data-region=menu]").await?;
    let (from, to) = (on_screen(page, call).await?, on_screen(page, cara).await?);
    press_and_move(&page.desktop, from, to).await?;
    page.wait_words("[data-ghost]", "Jane Doe goes to 103")
        .await?;
    let_go(&page.desktop).await?;
    office.expect_transferred().await
}

/// After a finished native drag WebKitGTK gives the next press no `pointerdown`: none may ever begin.
#[tokio::test]
async fn things_a_browser_would_drag_do_not_deafen_the_board() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    page.run(
        "const tray = document.createElement('div');\
         tray.id = 'bait';\
         tray.style.cssText = 'position:fixed;z-index:90;left:40px;bottom:60px;background:#fff;color:#000;user-select:text;-webkit-user-select:text';\
         const link = Object.assign(document.createElement('a'), { id: 'link', href: 'tel:1', textContent: 'a link to drag' });\
         const image = Object.assign(document.createElement('img'), { id: 'image', src: './icon.svg', width: 60, height: 60 });\
         const text = Object.assign(document.createElement('p'), { id: 'text', textContent: 'some text to select and drag' });\
         text.style.cssText = 'user-select:text;-webkit-user-select:text;-webkit-user-drag:auto';\
         for (const each of [link, image]) { each.draggable = true; each.style.cssText = '-webkit-user-drag:element'; }\
         tray.append(link, image, text);\
         document.querySelector('.board').append(tray);\
         getSelection().selectAllChildren(text);\
         window.nativeDrags = [];\
         addEventListener('dragstart', (event) => window.nativeDrags.push(['start', event.defaultPrevented]));\
         addEventListener('dragend', () => window.nativeDrags.push(['end']));",
    )
    .await?;
    let cara = on_screen(page, page.middle(CARA).await?).await?;
    for bait in ["#link", "#image", "#text"] {
        let from = on_screen(page, page.middle(bait).await?).await?;
        press_and_move(&page.desktop, from, cara).await?;
        let_go(&page.desktop).await?;
    }
    let drags = page.ask("JSON.stringify(window.nativeDrags)").await?;
    let drags = drags.as_str().unwrap_or_default();
    ensure!(drags.contains("start"), "no bait was taken: {drags}");
    ensure!(
        !drags.contains("false") && !drags.contains("end"),
        "a native drag began: {drags}"
    );
    page.run("document.querySelector('#bait').remove()").await?;
    let from = on_screen(page, page.grip(MY_CALL).await?).await?;
    press_and_move(&page.desktop, from, cara).await?;
    page.wait_words("[data-ghost]", "Jane Doe goes to 103")
        .await?;
    let_go(&page.desktop).await?;
    office.expect_transferred().await
}
