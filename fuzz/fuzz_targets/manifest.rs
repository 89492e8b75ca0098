//! Whatever is pasted is read or refused; what is read is written and read again. The twin of
//! `tests/manifests/hostile.rs`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rollscope::manifest::{read, read_bytes, write};

fuzz_target!(|bytes: &[u8]| {
    for manifest in read_bytes(bytes).deployments {
        for text in [write::yaml(&manifest.name, &manifest.spec), write::kyaml(&manifest.name, &manifest.spec)] {
            let again = read(&text);
            assert_eq!(again.problems, [], "{text}");
            assert_eq!(again.deployments[0].spec, manifest.spec, "{text}");
        }
    }
});
