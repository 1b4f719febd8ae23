/** Where a value is not the secret of whoever built the image: packages that everybody can fetch, and what they test with. */

/** Folders that package managers of languages unpack into, sources of standard libraries, and what distributions ship as documentation. */
const published =
  /(?:^|\/)(?:site-packages|dist-packages|node_modules|third_party|vendored|google-cloud-sdk|gems|pkg\/mod|\.?cargo\/registry|\.m2\/repository|vendor\/(?:bundle|github\.com|golang\.org|k8s\.io))\/|^usr\/(?:local\/)?(?:lib(?:64)?\/(?:python\d|ruby|perl|go|jvm|rustlib|R)|share\/(?:doc|man|info|perl|perl5|go|ruby|python|gems|locale|help|i18n|vim|nmap|zsh|bash-completion)|go)(?:[\d./-]|$)|^usr\/(?:local\/)?src\/(?:[^/]+-\d[\w.+~-]*|debug|kernels|linux[^/]*|php|python)\//

/** Where programs are installed. Web servers have pages of their owners below it. */
const installed = /^usr\/(?:local\/)?(?:lib(?:64|exec)?|share|go)\/(?!nginx\/|www\/|httpd\/)/

/** Below such a folder: what is there to be read or to be tested with, and keys that Python's tests share by their names. */
const exemplary =
  /\/(?:tests?|testing|testdata|test[-_]data|specs?|__tests__|__mocks__|mocks?|fixtures?|examples?|samples?|demos?|docs?|benchmarks?|dummyserver)\/|_test\.go$|(?:^|\/)test_[\w-]+\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$|\/share\/(?:doc|man|info|help)\/|\/t\/|\.(?:md|rst|adoc|pod|man|[1-9](?:ssl)?)(?:\.gz)?$|(?:^|\/)(?:keycert|ssl_key|nokia|idnsans|allsans)\d?\.[\w.]*pem$/

/** What Composer and its like unpack beside a program: VENDOR/PACKAGE. Only what they test with counts: own code may lie there too. */
const vendored = /(?:^|\/)vendor\/[^/]+\/[^/]+\//

/** The key that Debian's `ssl-cert` makes for trying things out. */
const throwaway = /(?:^|\/)(?:ssl-cert-)?snakeoil[\w.-]*\.(?:key|pem)$/

/** Programs that test themselves at every start, with keys that everybody can read in their sources. */
const selfTesting =
  /(?:^|\/)lib(?:gnutls|gcrypt|crypto|ssl|nss|nspr|freebl3?|softokn3|mbed\w*|wolfssl|nettle|hogweed|ssh2?|botan)[\w.-]*\.(?:so|a|dylib)(?:[.\d]*)$/

/** Files of an installed package: what is in them was published with it. */
export function isPublished(path: string): boolean {
  return published.test(path)
}

/** What packages show and test with; a secret there is nobody's. */
export function isExemplary(path: string): boolean {
  // First what is told soonest: most files of an image are installed ones.
  return (
    ((installed.test(path) || published.test(path) || vendored.test(path)) && exemplary.test(path)) ||
    (path.includes('lib') && selfTesting.test(path)) ||
    (path.includes('snakeoil') && throwaway.test(path))
  )
}

/** Of a source tree: what is likely to be made up. */
export function isTestOrExample(path: string): boolean {
  return /(?:^|\/)(?:tests?|testing|test[_-]?(?:certs?|data|keys?)|specs?|__tests__|__mocks__|mocks?|fixtures?|examples?|samples?|demos?|docs?)\/|_test\.go$|(?:^|\/)test_[\w-]+\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$/i.test(
    path,
  )
}

/** Fonts, pictures and compiled translations, and what Python and the JVM compiled of sources that are there as well. */
const compiled = /\.(?:g?mo|ttf|otf|pfb|afm|icns?|ico|gif|jsa)$/
const compiledBeside = /\.py[co]$/

/** Files that hold no text of whoever built the image, known by their names. */
export function isWithoutText(path: string): boolean {
  return compiled.test(path) || (compiledBeside.test(path) && published.test(path))
}
