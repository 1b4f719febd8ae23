;; Where one of many short texts may stand in bytes; `anchor-scan.ts` is made of this by `npm run assemble`, and `anchors.ts` uses it.
;;
;; Of each text, four bytes are looked for: its window. Memory, in bytes:
;;      0  places that were found, four bytes each, up to 65,520
;; 65,536  the bytes to look through, and whatever lies behind them
;; further behind, for each set of texts, tables of 40,960 bytes:
;;      0  by two bytes (seven bits of the first, then seven of the second from bit 8 on): bit N where they are the Nth and the next of a window
;; 32,768  by sixteen bits of a product of the window, whatever the case of its letters: a bit where there is such a window
(module
  (memory (export "memory") 18)
  ;; Where the next call goes on: there was no more room for places, or the end was reached.
  (global $next (export "next") (mut i32) (i32.const 0))

  ;; Writes `start` to `out` where the tables have the window there, and says where the next place is to be written.
  (func $try (param $start i32) (param $tables i32) (param $out i32) (result i32)
    (local $hash i32)
    (local.set $hash
      (i32.shr_u
        (i32.mul (i32.or (i32.load (local.get $start)) (i32.const 0x20202020)) (i32.const 0x9e3779b1))
        (i32.const 16)))
    (i32.store (local.get $out) (local.get $start))
    (i32.add
      (local.get $out)
      (i32.shl
        (i32.and
          (i32.shr_u
            (i32.load8_u offset=32768 (i32.add (local.get $tables) (i32.shr_u (local.get $hash) (i32.const 3))))
            (i32.and (local.get $hash) (i32.const 7)))
          (i32.const 1))
        (i32.const 2))))

  ;; Windows that begin in [from, to), which is not empty; returns the end of the places.
  ;; One of three bytes is looked at: each window has one of its pairs there, and the pairs beside that one must be the window's as well.
  (func $find (export "find") (param $from i32) (param $to i32) (param $tables i32) (param $out i32) (result i32)
    (local $at i32) (local $last i32) (local $word i32) (local $pairs i32)
    (local.set $at (i32.add (local.get $from) (i32.const 2)))
    (local.set $last (i32.add (local.get $to) (i32.const 2)))
    (loop $more
      (local.set $word
        (i32.and (i32.load (i32.sub (local.get $at) (i32.const 1))) (i32.const 0x7f7f7f7f)))
      (local.set $pairs
        (i32.and
          (i32.load8_u
            (i32.add (local.get $tables) (i32.and (i32.shr_u (local.get $word) (i32.const 8)) (i32.const 0xffff))))
          (i32.and
            (i32.or
              (i32.shr_u (i32.load8_u (i32.add (local.get $tables) (i32.shr_u (local.get $word) (i32.const 16)))) (i32.const 1))
              (i32.const 4))
            (i32.or
              (i32.shl (i32.load8_u (i32.add (local.get $tables) (i32.and (local.get $word) (i32.const 0xffff)))) (i32.const 1))
              (i32.const 1)))))
      (if (local.get $pairs)
        (then
          (if (i32.and (local.get $pairs) (i32.const 4))
            (then (local.set $out (call $within (i32.sub (local.get $at) (i32.const 2)) (local.get $to) (local.get $tables) (local.get $out)))))
          (if (i32.and (local.get $pairs) (i32.const 2))
            (then (local.set $out (call $within (i32.sub (local.get $at) (i32.const 1)) (local.get $to) (local.get $tables) (local.get $out)))))
          (if (i32.and (local.get $pairs) (i32.const 1))
            (then (local.set $out (call $within (local.get $at) (local.get $to) (local.get $tables) (local.get $out)))))
          (local.set $last (select (local.get $last) (i32.const 0) (i32.lt_u (local.get $out) (i32.const 65520))))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br_if $more (i32.lt_u (local.get $at) (local.get $last))))
    (global.set $next (i32.sub (local.get $at) (i32.const 2)))
    (local.get $out))

  (func $within (param $start i32) (param $to i32) (param $tables i32) (param $out i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $start) (local.get $to))
      (then (call $try (local.get $start) (local.get $tables) (local.get $out)))
      (else (local.get $out))))

  ;; The same, but of 64 bytes at a time, and only where they have a part of a text (0x20 to 0x7e, tabs, line feeds, carriage returns) of twenty
  ;; bytes or more; and of the first 64, in which one may end that began before.
  (func (export "findInTexts") (param $from i32) (param $to i32) (param $tables i32) (param $out i32) (result i32)
    (local $at i32) (local $texts i64) (local $behind i64) (local $runs i64) (local $runsBehind i64) (local $before i64)
    (local.set $at (local.get $from))
    (local.set $texts (call $textBytes (local.get $at)))
    (local.set $before (i64.const -1))
    (loop $more
      (local.set $behind (call $textBytes (i32.add (local.get $at) (i32.const 64))))
      ;; A bit for each byte that begins two such bytes, four, eight, sixteen, twenty.
      (local.set $runs (call $joined (local.get $texts) (local.get $behind) (i64.const 1)))
      (local.set $runsBehind (i64.and (local.get $behind) (i64.shr_u (local.get $behind) (i64.const 1))))
      (local.set $runs (call $joined (local.get $runs) (local.get $runsBehind) (i64.const 2)))
      (local.set $runsBehind (i64.and (local.get $runsBehind) (i64.shr_u (local.get $runsBehind) (i64.const 2))))
      (local.set $runs (call $joined (local.get $runs) (local.get $runsBehind) (i64.const 4)))
      (local.set $runsBehind (i64.and (local.get $runsBehind) (i64.shr_u (local.get $runsBehind) (i64.const 4))))
      (local.set $runs (call $joined (local.get $runs) (local.get $runsBehind) (i64.const 8)))
      (local.set $runsBehind (i64.and (local.get $runsBehind) (i64.shr_u (local.get $runsBehind) (i64.const 8))))
      (local.set $runs (call $joined (local.get $runs) (local.get $runsBehind) (i64.const 4)))
      ;; Of the 64 bytes before, those that begin twenty reach to here from the 45th on.
      (if (i64.ne (i64.or (local.get $runs) (i64.shr_u (local.get $before) (i64.const 45))) (i64.const 0))
        (then
          (local.set $out
            (call $find
              (local.get $at)
              (select
                (local.get $to)
                (i32.add (local.get $at) (i32.const 64))
                (i32.lt_u (local.get $to) (i32.add (local.get $at) (i32.const 64))))
              (local.get $tables)
              (local.get $out)))))
      (local.set $before (local.get $runs))
      (local.set $texts (local.get $behind))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      ;; 64 bytes have 64 places at most.
      (br_if $more
        (i32.and
          (i32.lt_u (local.get $at) (local.get $to))
          (i32.lt_u (local.get $out) (i32.const 65264)))))
    (global.set $next (local.get $at))
    (local.get $out))

  (func $joined (param $low i64) (param $high i64) (param $by i64) (result i64)
    (i64.and
      (local.get $low)
      (i64.or
        (i64.shr_u (local.get $low) (local.get $by))
        (i64.shl (local.get $high) (i64.sub (i64.const 64) (local.get $by))))))

  ;; A bit for each of 64 bytes.
  (func $textBytes (param $at i32) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (call $textBytes16 (v128.load (local.get $at))))
        (i64.shl (i64.extend_i32_u (call $textBytes16 (v128.load offset=16 (local.get $at)))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (call $textBytes16 (v128.load offset=32 (local.get $at)))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (call $textBytes16 (v128.load offset=48 (local.get $at)))) (i64.const 48)))))

  (func $textBytes16 (param $bytes v128) (result i32)
    (i8x16.bitmask
      (v128.or
        (i8x16.lt_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x20))) (i8x16.splat (i32.const 0x5f)))
        (v128.or
          (i8x16.lt_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x09))) (i8x16.splat (i32.const 2)))
          (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x0d))))))))
