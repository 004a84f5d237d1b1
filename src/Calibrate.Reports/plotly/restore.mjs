// Restores plotly.js with npm and packs it for embedding: node restore.mjs FOLDER writes FOLDER/plotly.js.br and FOLDER/plotly.LICENSE.txt.
// The build calls it when package-lock.json is newer than its output. Builds that run at the same time wait for one another.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const packed = join(folder, 'plotly.js.br');
const lock = join(folder, 'lock');
const abandonedAfter = 180_000;

function isCurrent() {
  return existsSync(packed) && statSync(packed).mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs;
}

function take() {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > abandonedAfter) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

mkdirSync(folder, { recursive: true });
while (!take()) await new Promise(resolve => setTimeout(resolve, 200));
try {
  if (!isCurrent()) {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(join(here, file), join(folder, file));
    const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' };
    execFileSync('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--fetch-retries=1', '--loglevel=error'], options);
    const source = join(folder, 'node_modules', 'plotly.js-cartesian-dist-min');
    const script = readFileSync(join(source, 'plotly-cartesian.min.js'));
    copyFileSync(join(source, 'LICENSE'), join(folder, 'plotly.LICENSE.txt'));
    writeFileSync(packed + '.tmp', brotliCompressSync(script, { params: {
      [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: script.length } }));
    renameSync(packed + '.tmp', packed);
  }
} finally {
  rmSync(lock, { recursive: true, force: true });
}
