//! Packed files, within limits of what they may become.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::GzDecoder;

use super::super::file::check_size;
use super::super::source::Source;
use super::super::{Progress, ReadError, limits};
use crate::diag::{Diagnostic, Reporter, Severity, refuse};

/// The files that a gzip archive holds one after the other, as one.
pub fn gzip(
    source: &Source<'_>,
    progress: &Progress,
    reporter: &mut Reporter,
) -> Result<Source<'static>, ReadError> {
    let mut rest: &[u8] = &source.bytes;
    let mut bytes = Vec::new();
    while rest.starts_with(&[0x1f, 0x8b]) {
        let member = GzDecoder::new(&mut rest);
        unpack(member, source.bytes.len(), &mut bytes, progress)?;
    }
    if rest.iter().any(|byte| *byte != 0) {
        let message = format!("{} bytes follow the archive.", rest.len());
        let diagnostic = Diagnostic::new(Severity::Warning, "trailing-bytes", message);
        reporter.report(diagnostic.hint("They are not read."));
    }
    if bytes.get(257..262) == Some(b"ustar") {
        let message = "The file is a tar archive, which is not read.";
        return Err(refuse("other-format", message, "Unpack it first.").into());
    }
    Ok(Source { name: source.name.clone(), bytes: Cow::Owned(bytes), ..Source::default() })
}

/// Unpacks to the end, in steps that are checked against the limits: what a header says of the
/// size is not believed.
pub fn unpack(
    mut packed: impl Read,
    packed_bytes: usize,
    bytes: &mut Vec<u8>,
    progress: &Progress,
) -> Result<(), ReadError> {
    const STEP: u64 = 1024 * 1024;
    loop {
        progress.go_on()?;
        let got = packed.by_ref().take(STEP).read_to_end(bytes).map_err(|error| fault(&error))?;
        if got == 0 {
            return Ok(());
        }
        let unpacked = bytes.len() as u64;
        check_size(unpacked)?;
        let most = (packed_bytes as u64).saturating_mul(limits::UNPACK_RATIO);
        if unpacked > limits::UNPACK_FREE && unpacked > most {
            let message = format!(
                "The archive unpacks to more than {} times its size.",
                limits::UNPACK_RATIO
            );
            return Err(refuse("unpack-ratio", message, "Ask the publisher for the file.").into());
        }
    }
}

fn fault(error: &std::io::Error) -> Diagnostic {
    let message = if error.kind() == std::io::ErrorKind::UnexpectedEof {
        "The archive breaks off in the middle.".to_owned()
    } else {
        format!("The archive is damaged: {error}.")
    };
    refuse("archive-broken", message, "Download it again.")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(bytes: &[u8]) -> (Result<Vec<u8>, &'static str>, Vec<&'static str>) {
        let mut reporter = Reporter::default();
        let source = Source::new("a.gz", bytes);
        let result = match gzip(&source, &Progress::default(), &mut reporter) {
            Ok(source) => Ok(source.bytes.into_owned()),
            Err(ReadError::Refused(refusal)) => Err(refusal.reason.code),
            Err(other) => panic!("{other:?}"),
        };
        (result, reporter.finish().iter().map(|d| d.code).collect())
    }

    #[test]
    fn members_are_joined_and_what_follows_is_told() {
        let mut bytes = packed(b"{\"type\":");
        bytes.extend(packed(b"\"Topology\"}"));
        let whole = Ok(b"{\"type\":\"Topology\"}".to_vec());
        assert_eq!(unpacked(&bytes), (whole.clone(), vec![]));
        bytes.extend([0; 512]);
        assert_eq!(unpacked(&bytes), (whole.clone(), vec![]), "tapes are padded");
        bytes.extend(b"and so on");
        assert_eq!(unpacked(&bytes), (whole, vec!["trailing-bytes"]));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_whole() {
        let bomb = packed(&vec![b' '; 40 << 20]);
        assert_eq!(unpacked(&bomb).0, Err("unpack-ratio"));
        let harmless = packed(&vec![b' '; 8 << 20]);
        assert!(unpacked(&harmless).0.is_ok());
    }

    #[test]
    fn a_cut_or_damaged_archive_is_refused() {
        let whole = packed(b"{\"type\":\"FeatureCollection\",\"features\":[]}");
        for end in 2..whole.len() {
            assert_eq!(unpacked(&whole[..end]).0, Err("archive-broken"), "{end}");
        }
        for at in 10..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            assert_eq!(unpacked(&damaged).0, Err("archive-broken"), "{at}");
        }
    }

    #[test]
    fn tar_is_named() {
        let mut tar = vec![b'a'; 1024];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(unpacked(&packed(&tar)).0, Err("other-format"));
    }
}
