/** Compiled policies with OPA's interface and next to nothing behind it: they look for words in the input's text. https://www.openpolicyagent.org/docs/wasm#abi */
import initWabt from 'wabt'

export interface WordPolicy {
  /** Of its only rule. */
  readonly entrypoint: string
  /** What is said of an input that has the word in its JSON text. */
  readonly refuses: { readonly word: string; readonly value: unknown }
  /** An input with this word is never answered. */
  readonly hangsOn?: string
  /** An input with this word ends in a trap. */
  readonly trapsOn?: string
}

export async function wordPolicy({ entrypoint, refuses, hangsOn, trapsOn }: WordPolicy): Promise<Uint8Array> {
  const texts = {
    entrypoints: JSON.stringify({ [entrypoint]: 0 }),
    builtins: '{}',
    refused: JSON.stringify([{ result: refuses.value }]),
    passed: JSON.stringify([{ result: [] }]),
    word: refuses.word,
    hang: hangsOn ?? '\u0001',
    trap: trapsOn ?? '\u0001',
  }
  const places = new Map<string, { readonly at: number; readonly length: number }>()
  let at = 16
  const data = Object.entries(texts).map(([name, text]) => {
    const bytes = Buffer.from(`${text}\0`)
    places.set(name, { at, length: bytes.length - 1 })
    const segment = `(data (i32.const ${at}) "${[...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}")`
    at += bytes.length
    return segment
  })
  const place = (name: string) => places.get(name) ?? { at: 0, length: 0 }
  const has = (name: string) =>
    `(call $find (local.get $input) (local.get $length) (i32.const ${place(name).at}) (i32.const ${place(name).length}))`
  const module = `(module
    (import "env" "memory" (memory 2))
    ${data.join('\n')}
    (global $heap (mut i32) (i32.const 65536))
    (global (export "opa_wasm_abi_version") i32 (i32.const 1))
    (global (export "opa_wasm_abi_minor_version") i32 (i32.const 2))
    (func (export "entrypoints") (result i32) (i32.const ${place('entrypoints').at}))
    (func (export "builtins") (result i32) (i32.const ${place('builtins').at}))
    (func (export "opa_json_dump") (param i32) (result i32) (local.get 0))
    (func (export "opa_json_parse") (param i32 i32) (result i32) (local.get 0))
    (func (export "opa_heap_ptr_get") (result i32) (global.get $heap))
    (func (export "opa_heap_ptr_set") (param i32) (global.set $heap (local.get 0)))
    (func (export "opa_malloc") (param $size i32) (result i32) (local $start i32)
      (local.set $start (global.get $heap))
      (global.set $heap (i32.add (global.get $heap) (local.get $size)))
      (local.get $start))
    (func $find (param $text i32) (param $length i32) (param $word i32) (param $wordLength i32) (result i32) (local $i i32) (local $j i32)
      (block $none
        (loop $next
          (br_if $none (i32.gt_s (i32.add (local.get $i) (local.get $wordLength)) (local.get $length)))
          (local.set $j (i32.const 0))
          (block $differs
            (loop $letter
              (if (i32.eq (local.get $j) (local.get $wordLength)) (then (return (i32.const 1))))
              (br_if $differs (i32.ne
                (i32.load8_u (i32.add (local.get $text) (i32.add (local.get $i) (local.get $j))))
                (i32.load8_u (i32.add (local.get $word) (local.get $j)))))
              (local.set $j (i32.add (local.get $j) (i32.const 1)))
              (br $letter)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next)))
      (i32.const 0))
    (func (export "opa_eval") (param i32 i32 i32) (param $input i32) (param $length i32) (param i32 i32) (result i32)
      (if ${has('hang')} (then (loop $always (br $always))))
      (if ${has('trap')} (then unreachable))
      (select (i32.const ${place('refused').at}) (i32.const ${place('passed').at}) ${has('word')})))`
  const wabt = await initWabt()
  return wabt.parseWat('policy.wat', module).toBinary({}).buffer
}
