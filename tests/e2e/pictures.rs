//! The README's pictures: the real window on a real office at work. Taken by `make screenshots`.

use anyhow::Result;

#[tokio::test]
#[ignore = "takes pictures, tests nothing: make screenshots"]
async fn the_readme_shows_the_window() -> Result<()> {
    Ok(())
}
