// Compresses files for the web: node compress.mjs JOB, where JOB is a JSON file {source path: target path without suffix}.
// Writes target.br (Brotli 11, the widest window that browsers accept) and target.gz.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import zlib from "node:zlib";

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const P = zlib.constants;

async function one([source, target]) {
  const data = readFileSync(source);
  const params = {
    [P.BROTLI_PARAM_QUALITY]: 11,
    [P.BROTLI_PARAM_LGWIN]: 24,
    [P.BROTLI_PARAM_SIZE_HINT]: data.length,
  };
  const [br, gz] = await Promise.all([brotli(data, { params }), gzip(data, { level: 9 })]);
  // .gz last and by renaming: the builder takes its presence as the sign that both are whole
  for (const [suffix, bytes] of [[".br", br], [".gz", gz]]) {
    writeFileSync(`${target}.part`, bytes);
    renameSync(`${target}.part`, target + suffix);
  }
}

await Promise.all(Object.entries(JSON.parse(readFileSync(process.argv[2], "utf8"))).map(one));
