/** Where a value is not the secret of whoever built the image: packages that everybody can fetch, and what they test with. */

/** Folders that package managers of languages unpack into, sources of standard libraries, and what distributions ship as documentation. */
const published =
  /(?:^|\/)(?:site-packages|dist-packages|node_modules|gems|pkg\/mod|\.cargo\/registry|\.m2\/repository|vendor\/(?:bundle|github\.com|golang\.org|k8s\.io))\/|^usr\/(?:local\/)?(?:lib(?:64)?\/(?:python\d|ruby|perl|go|jvm|rustlib|R)|share\/(?:doc|man|info|perl|perl5|go|ruby|python|gems|locale|help|i18n|vim|nmap|zsh|bash-completion)|go)(?:[\d./-]|$)|^(?:usr|opt)\/(?:src|local\/src)\//

/** Below such a folder: what is there to be read or to be tested with. */
const exemplary =
  /\/(?:tests?|testing|testdata|test[-_]data|specs?|__tests__|__mocks__|mocks?|fixtures?|examples?|samples?|demos?|docs?|benchmarks?)\/|_test\.go$|(?:^|\/)test_[\w-]+\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$|\/share\/(?:doc|man|info|help)\/|\/t\/|\.(?:md|rst|adoc|pod|man|[1-9](?:ssl)?)(?:\.gz)?$/

/** The key that Debian's `ssl-cert` makes for trying things out, and keys that suites of tests share by their file names. */
const throwaway = /(?:^|\/)(?:ssl-cert-)?snakeoil[\w.-]*\.(?:key|pem)$|(?:^|\/)(?:keycert|ssl_key|nokia|idnsans|allsans)\d?\.[\w.]*pem$/

/** Files of an installed package: what is in them was published with it. */
export function isPublished(path: string): boolean {
  return published.test(path)
}

/** What packages show and test with; a secret there is nobody's. */
export function isExemplary(path: string): boolean {
  return throwaway.test(path) || (published.test(path) && exemplary.test(path))
}

/** Of a source tree: what is likely to be made up. */
export function isTestOrExample(path: string): boolean {
  return /(?:^|\/)(?:tests?|testing|testdata|specs?|__tests__|__mocks__|mocks?|fixtures?|examples?|samples?|demos?|docs?)\/|_test\.go$|(?:^|\/)test_[\w-]+\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$/i.test(
    path,
  )
}
