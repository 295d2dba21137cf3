// Archives: tar files as Go's archive/tar writes them, which Pulumi hashes, and ZIP files as they
// come. Other tools' files are read too: of GNU tar, where it is on the machine.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { readTar, tarEnd, tarFile } from '../../../rehearsal/engine/values/tar.ts'
import { readZip } from '../../../rehearsal/engine/values/zip.ts'

const deep = `${'folder/'.repeat(18)}file.txt`
/** Names at the limits of tar's fields, and contents at those of its blocks. */
const files: [name: string, content: string][] = [
  ['a.txt', 'short'],
  ['empty', ''],
  ['block', 'x'.repeat(512)],
  ['more', 'y'.repeat(513)],
  ['n'.repeat(100), 'a name that just fits'],
  [deep, 'a name in two fields'],
  [`d/${'n'.repeat(150)}`, 'a name that does not fit'],
  ['größe/ü.txt', 'a name that is not ASCII']
]
const read = (found: { name: string, content: Buffer }[]): [string, string][] =>
  found.map(({ name, content }) => [name, content.toString()])

const hasTar = ((): boolean => {
  try {
    return execFileSync('tar', ['--version'], { encoding: 'utf8' }).includes('GNU tar')
  } catch {
    return false
  }
})()

suite('a tar file', () => {
  test('has what was put in', () => {
    const bytes = Buffer.concat([...files.map(([name, text]) => tarFile(name, Buffer.from(text))), tarEnd])
    assert.equal(bytes.length % 512, 0)
    assert.deepEqual(read(readTar(bytes)), files)
  })

  test('names files in their own field, in two, or in a header before it', () => {
    const at = (name: string, start: number, length: number): string =>
      tarFile(name, Buffer.alloc(0)).toString('latin1', start, start + length).replace(/\0.*$/s, '')
    assert.deepEqual([at('a.txt', 0, 100), at('a.txt', 345, 155), at('a.txt', 156, 1)], ['a.txt', '', '0'])
    assert.equal(`${at(deep, 345, 155)}/${at(deep, 0, 100)}`, deep)
    assert.equal(at('größe', 156, 1), 'x')
    assert.equal(at('a.txt', 100, 8), '0000600', 'the mode that Pulumi gives every file')
  })

  test('is read by GNU tar, and read from it', { skip: !hasTar && 'no GNU tar here' }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'windlass-tar-'))
    try {
      const ours = join(folder, 'ours.tar')
      writeFileSync(
        ours,
        Buffer.concat([...files.map(([name, text]) => tarFile(name, Buffer.from(text))), tarEnd])
      )
      const listed = execFileSync('tar', ['--quoting-style=literal', '-tf', ours], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C.UTF-8' }
      })
      assert.deepEqual(listed.trim().split('\n'), files.map(([name]) => name))
      const source = join(folder, 'source')
      for (const [name, text] of files) {
        mkdirSync(join(source, name, '..'), { recursive: true })
        writeFileSync(join(source, name), text)
      }
      for (const format of ['gnu', 'pax', 'ustar']) {
        const names = files.map(([name]) => name).filter((name) => format !== 'ustar' || name.length < 150)
        const theirs = execFileSync('tar', [`--format=${format}`, '-C', source, '-cf', '-', ...names])
        const expected = files.filter(([name]) => names.includes(name))
        assert.deepEqual(read(readTar(theirs)), expected, format)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

/** A ZIP file, packed or not, with an entry for a folder and a comment at its end. */
function zip (packed: boolean): Buffer {
  const entries = [...files, ['folder/', ''] as const].map(([name, text]) => {
    const content = Buffer.from(text)
    return { name: Buffer.from(name), content, data: packed ? deflateRawSync(content) : content }
  })
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const { name, content, data } of entries) {
    const [local, entry] = [Buffer.alloc(30), Buffer.alloc(46)]
    local.writeUInt32LE(0x04034b50, 0)
    entry.writeUInt32LE(0x02014b50, 0)
    for (const [header, start] of [[local, 8], [entry, 10]] as const) {
      header.writeUInt16LE(packed ? 8 : 0, start)
      header.writeUInt32LE(crc32(content), start + 6)
      header.writeUInt32LE(data.length, start + 10)
      header.writeUInt32LE(content.length, start + 14)
      header.writeUInt16LE(name.length, start + 18)
    }
    // A file's own header may have fields that the directory does not have.
    const extra = Buffer.from([1, 0, 2, 0, 9, 9])
    local.writeUInt16LE(extra.length, 28)
    entry.writeUInt32LE(at, 42)
    bodies.push(local, name, extra, data)
    directory.push(entry, name)
    at += 30 + name.length + extra.length + data.length
  }
  const comment = Buffer.from('the end')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...bodies, ...directory, end, comment])
}

suite('a ZIP file', () => {
  test('is read, packed or not, without its folders', () => {
    for (const packed of [true, false]) assert.deepEqual(read(readZip(zip(packed))), files)
  })
  test('is refused where it is none', () => {
    assert.throws(() => readZip(Buffer.from('PK, but no archive of anything at all')), /not a valid zip file/)
  })
})
