// The peer of `bench sync`: PouchDB with LevelDB on disk, at both ends, over loopback.
// node pouch_peer.cjs fill FOLDER COUNT BYTES | serve PORT FOLDER | pull URL FOLDER
// | push URL FOLDER COUNT BYTES
// `serve` prints READY; the others one JSON line: seconds of the work, documents, peak memory.
'use strict';
const { createRequire } = require('node:module');
const path = require('node:path');
const here = createRequire(path.join(process.cwd(), 'package.json'));
const PouchDB = here('pouchdb');

const BATCH = 1000;
const FILLED_BY = 1000;

function documentOf(number, bytes) {
  const text = `${number}`.padStart(8, '0');
  return { _id: text, text: text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes) };
}

async function fill(db, count, bytes) {
  for (let start = 0; start < count; start += FILLED_BY) {
    const documents = [];
    for (let n = start; n < Math.min(count, start + FILLED_BY); n += 1) documents.push(documentOf(n, bytes));
    await db.bulkDocs(documents);
  }
}

function peakMegabytes() {
  return process.resourceUsage().maxRSS / 1024;
}

function replicate(from, to) {
  return new Promise((done, failed) => {
    PouchDB.replicate(from, to, { batch_size: BATCH }).on('complete', done).on('error', failed);
  });
}

async function timed(from, to) {
  const begun = process.hrtime.bigint();
  const info = await replicate(from, to);
  return { seconds: Number(process.hrtime.bigint() - begun) / 1e9, written: info.docs_written };
}

function keptIn(folder) {
  return PouchDB.defaults({ prefix: path.join(folder, '/') });
}

async function fillOnly(folder, count, bytes) {
  const Kept = keptIn(folder);
  const db = new Kept('town');
  await fill(db, Number(count), Number(bytes));
  await db.close();
}

function serve(port, folder) {
  const Kept = keptIn(folder);
  const app = here('express')();
  app.get('/peak', (_, answer) => answer.json({ peak: peakMegabytes() }));
  app.use(here('express-pouchdb')(Kept, { mode: 'minimumForPouchDB', inMemoryConfig: true }));
  app.listen(Number(port), '127.0.0.1', () => console.log('READY'));
}

async function main([mode, ...rest]) {
  if (mode === 'fill') return fillOnly(...rest);
  if (mode === 'serve') return serve(...rest);
  const [url, folder, count, bytes] = rest;
  const local = new PouchDB(path.join(folder, 'client'));
  const remote = new PouchDB(`${url}/${mode === 'pull' ? 'town' : 'pushed'}`);
  if (mode === 'push') await fill(local, Number(count), Number(bytes));
  const [from, to] = mode === 'pull' ? [remote, local] : [local, remote];
  const whole = await timed(from, to);
  const idle = [];
  for (let round = 0; round < 50; round += 1) idle.push((await timed(from, to)).seconds);
  idle.sort((a, b) => a - b);
  console.log(JSON.stringify({ ...whole, idle: idle[25], peak: peakMegabytes() }));
  process.exit(0);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`${error}`);
  process.exit(1);
});
