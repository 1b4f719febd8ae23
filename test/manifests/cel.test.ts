import { expect, test } from 'vitest'
import { withinTime } from '../../src/manifests/user-policies/cel/bounded.ts'
import { kubernetesEnvironment, withOwnFunctions } from '../../src/manifests/user-policies/cel/environment.ts'
import { compilePattern } from '../../src/manifests/user-policies/cel/re2.ts'

const environment = kubernetesEnvironment()
const object = new Map<string, unknown>([
  ['name', 'shop'],
  ['replicas', 3n],
  ['list', [3n, 1n, 2n]],
  [
    'labels',
    new Map([
      ['a', 'x'],
      ['b', 'y'],
    ]),
  ],
])

function evaluate(expression: string): unknown {
  return environment.evaluate(withOwnFunctions(expression), { object })
}

/** Each expression is true; they are the examples of the reference and its corner cases. */
test.each([
  // lists and sets
  '[1, 2, 3].isSorted() && !object.list.isSorted()',
  'object.list.sum() == 6 && [1.0, 2.5].sum() == 3.5 && [].sum() == 0',
  'object.list.min() == 1 && object.list.max() == 3',
  '[1, 2, 2, 3].indexOf(2) == 1 && [1, 2, 2, 3].lastIndexOf(2) == 2 && [1].indexOf(9) == -1',
  '[1, 2, 2].distinct() == [1, 2]',
  'sets.contains([1, 2], [1]) && sets.equivalent([1, 1], [1]) && !sets.intersects([1], [2])',
  // strings and patterns
  "'hello'.charAt(1) == 'e' && 'a-b-c'.replace('-', '.') == 'a.b.c' && 'a-b-c'.replace('-', '.', 1) == 'a.b-c'",
  "'%s has %d of %.2f'.format(['a', 3, 1.5]) == 'a has 3 of 1.50'",
  "'abc123'.find('[0-9]+') == '123' && 'a1b22'.findAll('[0-9]+') == ['1', '22'] && 'a1b2'.findAll('[0-9]', 1) == ['1']",
  "'ABC'.matches('(?i)^abc$') && object.name.matches('^[a-z-]+$') && 'x.matches(y)' == 'x.matches(y)'",
  "'a,b'.split(',')[1] == 'b' && ['a', 'b'].join('-') == 'a-b' && ' x '.trim() == 'x' && 'aB'.lowerAscii() == 'ab'",
  "'abc'.matches('^[[:alpha:]]+$') && 'a.c'.matches('^\\\\Qa.c\\\\E$') && !'abc'.matches('^\\\\Qa.c\\\\E$') && '\u00e9'.matches('^\\\\pL$')",
  "'a\\nB'.matches('(?s)a.(?i)b') && !'a\\nb'.matches('a.b') && 'a\\rb'.matches('a.b') && 'aB'.matches('a((?i)b|c)') && !'Ab'.matches('a((?i)b|c)')",
  "'a-b/c'.matches('^[\\\\w\\\\-/]+$') && 'a{b}'.matches('a{b}') && 'aa'.matches('^a{2}$') && 'a:b'.matches('a\\\\:b') && 'x'.matches('\\\\x{78}\\\\z')",
  "'a]'.matches('^[]a]+$') && 'é'.matches('^[^[:ascii:]]$') && 'α'.matches('^\\\\p{Greek}$') && 'a b'.matches('^a\\\\sb$') && '1A'.matches('^[[:digit:][:upper:]]+$')",
  "'%s %s'.format([timestamp('2024-01-01T00:00:00Z'), duration('1h')]) == '2024-01-01T00:00:00Z 3600s' && string(duration('90s')) == '90s'",
  // quantities
  "quantity('1Gi').isGreaterThan(quantity('1000Mi')) && quantity('500m').add(quantity('500m')) == quantity('1')",
  "quantity('50k').asInteger() == 50000 && !quantity('1.5').isInteger() && isQuantity('1Mi') && !isQuantity('one')",
  "quantity('1').compareTo(quantity('2')) == -1 && quantity('-1').sign() == -1",
  // URLs
  "url('https://user@example.com:8080/a%20b?x=1&x=2').getHost() == 'example.com:8080'",
  "url('https://[::1]:80/').getHostname() == '::1' && url('https://a/').getPort() == '' && url('/path').getScheme() == ''",
  "url('https://a/b?x=1&x=2').getQuery()['x'] == ['1', '2'] && isURL('https://a') && !isURL('../a') && !isURL('a b')",
  "url('https://example.com:80/path with spaces/').getEscapedPath() == '/path%20with%20spaces/' && isURL('mailto:a@b') && !isURL('a:%')",
  "isURL('https://a/#b') && url('https://a/#b').getEscapedPath() == '/%23b' && !isURL('https://a b/') && !isURL('https://a:x/') && !isURL('/%zz')",
  // addresses
  "ip('127.0.0.1').isLoopback() && ip('::1').family() == 6 && isIP('10.0.0.1') && !isIP('10.0.0') && !isIP('::ffff:10.0.0.1')",
  "ip.isCanonical('2001:db8::1') && !ip.isCanonical('2001:DB8::1') && ip('2001:db8:0:0::1') == ip('2001:db8::1')",
  "cidr('10.0.0.0/8').containsIP('10.9.8.7') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.0'))",
  "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.1.0.0/16').containsCIDR('10.0.0.0/8')",
  "string(cidr('10.1.2.3/8').masked()) == '10.0.0.0/8' && cidr('::1/128').prefixLength() == 128 && !isCIDR('10.0.0.0/33')",
  "ip('169.254.1.1').isLinkLocalUnicast() && ip('8.8.8.8').isGlobalUnicast() && ip('0.0.0.0').isUnspecified()",
  // formats and versions
  "!format.dns1123Label().validate('my-label').hasValue() && format.dns1123Label().validate('My_Label').hasValue()",
  "format.named('uuid').hasValue() && !format.named('nothing').hasValue()",
  "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('v1.2', true).minor() == 2 && !isSemver('v1.2.3') && isSemver('1.0.0-rc.1')",
  // optionals, and comprehensions over two variables
  "object.?nothing.orValue('x') == 'x' && object.labels[?'a'].hasValue() && optional.none().orValue(1) == 1",
  "!optional.ofNonZeroValue('').hasValue() && !optional.ofNonZeroValue([]).hasValue() && optional.ofNonZeroValue(0).orValue(1) == 1 && optional.ofNonZeroValue('a').value() == 'a'",
  "object.?name.optMap(n, n + 's').value() == 'shops' && !object.?nothing.optMap(n, n + 's').hasValue()",
  "object.?labels.optFlatMap(l, l[?'a']).orValue('') == 'x' && !object.?labels.optFlatMap(l, l[?'z']).hasValue()",
  '[optional.of(1), optional.none()].unwrapOpt() == [1] && optional.unwrap([optional.of(2)]) == [2] && [1, 2].last().value() == 2',
  '[1, 2].map(x, optional.of(x).optMap(y, [3].map(z, x + y + z)).value()) == [[5], [7]]',
  "[{'a': 1}, {'b': 2}].exists(i, v, v.b == 2) && !([{'a': 1}, {'b': 2}].all(i, v, v.b == 1))",
  `strings.quote('a"b') == '"a\\\\"b"'`,
  'object.labels.all(k, v, k != v) && object.list.exists(i, v, i == 0 && v == 3) && object.list.existsOne(i, v, v > 2)',
  'object.list.transformList(i, v, v + i) == [3, 2, 4] && object.list.transformList(i, v, v > 1, v) == [3, 2]',
  "object.labels.transformMap(k, v, k + v)['a'] == 'ax' && object.labels.transformMapEntry(k, v, {v: k})['y'] == 'b'",
  // the language
  'has(object.name) && !has(object.other) && object.replicas <= 3 && object.replicas == 3.0 && cel.bind(x, 2, x * x) == 4',
  "duration('1h') > duration('59m') && timestamp('2026-01-01T00:00:00Z').getFullYear() == 2026",
  "object.labels.exists(k, k == 'a') && object.list.filter(v, v > 1).map(v, v * 2) == [6, 4]",
  '(object.other == 1) || true',
])('%s', (expression) => {
  expect(evaluate(expression)).toBe(true)
})

test.each([
  ['a(?=b)', 'is no group of RE2'],
  ['(?<!a)b', 'is no group of RE2'],
  ['(a)\\1', 'is no escape of RE2'],
  ['\\y', 'is no escape of RE2'],
  ['(?U)a+', 'is not known'],
  ['[[:^alpha:]]', 'is not known'],
  ['(a', 'Unterminated group'],
  ['a)', 'Unmatched'],
  ['[a', 'is no class'],
])('the pattern %j is refused, for it %s', (pattern, message) => {
  expect(() => compilePattern(pattern, '')).toThrow(message)
})

test('a very long pattern is translated in time', () => {
  const start = performance.now()
  for (const part of ['[[:alpha:]]', '{', '}', '((?i)a', '\\Q', '.(?s)'])
    try {
      compilePattern(part.repeat(20_000), '')
    } catch {} // Only the time counts here.
  expect(performance.now() - start).toBeLessThan(3_000)
})

test.each(['authorizer.path("/").check("get").allowed()', 'object.other == 1', 'object.name + 1 == 2', 'quantity("x").sign() == 0'])(
  '%s is an error and not an answer',
  (expression) => {
    expect(() => evaluate(expression)).toThrow()
  },
)

test('an expression that would run for minutes, and a pattern that backtracks, are ended', () => {
  const numbers = '[0,1,2,3,4,5,6,7,8,9]'
  const nested = `${numbers}.map(a, ${numbers}.map(b, ${numbers}.map(c, ${numbers}.map(d, ${numbers}.map(e, ${numbers}.map(f, ${numbers}.map(g, a))))))).size() > 0`
  expect(() => withinTime(() => evaluate(nested), 50)).toThrow('not done within 50 ms')
  expect(() => withinTime(() => evaluate(`'${'a'.repeat(40)}!'.matches('^(a+)+$')`), 50)).toThrow('not done within 50 ms')
})
