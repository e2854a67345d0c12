/** The vault in the page: one layout with the command line and with age, in both directions; locked when it must be; no saving lost between two windows. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, openPage, serveFolder, whoseIsIt } from './browser.ts';
import { built, PEOPLE, ROOT } from './built.ts';

const PASS = 'шесть случайных русских слов подряд тут';
const button = (page: Page, name: string | RegExp) => page.locator('main button', { hasText: name }).first();
/** What the vault kept as plain text would betray. */
const CANARIES = ['1991-04-12', 'software-developer', 'Irina', 'ge/visa-free', 'Sparrow', 'AGE-SECRET-KEY'];

async function passphrase(page: Page, text: string, fresh: boolean): Promise<void> {
  const inputs = page.locator('main input[type=password]');
  for (let i = 0; i < (fresh ? 2 : 1); i++) await inputs.nth(i).fill(text);
  await page.locator('main form.box button.main').click();
}

async function makeVault(page: Page): Promise<void> {
  await button(page, 'I help several people').click();
  await button(page, 'Make a vault').click();
  await passphrase(page, PASS, true);
  await page.waitForSelector('text=The vault is empty');
}

async function addFile(page: Page, label: string, files: readonly string[]): Promise<void> {
  await page.locator('main input[type=text]').last().fill(label);
  await button(page, /^From a file$/).click();
  await page.setInputFiles('main .box input[type=file]', files as string[]);
  if (files.length > 1) await whoseIsIt(page);
  await page.waitForSelector('text=Added as case');
}

async function saveCopy(page: Page, to: string): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save the copy').click()]);
  assert.equal(download.suggestedFilename(), 'copy.zip');
  await download.saveAs(to);
}

function cli(args: readonly string[], secret: string, input = ''): { status: number | null; out: string; err: string } {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-secret-'));
  const file = join(dir, 'p');
  writeFileSync(file, secret);
  const r = spawnSync(
    'bash',
    [
      '-c',
      '"$0" "$@" --passphrase-fd 3 3< "$SECRET"',
      process.execPath,
      join(ROOT, 'bin', 'foothold.mjs'),
      'vault',
      ...args,
      '--lang',
      'en',
    ],
    { encoding: 'utf8', input, env: { ...process.env, SECRET: file }, maxBuffer: 1 << 26 },
  );
  rmSync(dir, { recursive: true, force: true });
  return { status: r.status, out: r.stdout, err: r.stderr };
}

/** Everything the browser keeps for the page, as one text. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const out: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase | undefined>((done) => {
        const r = indexedDB.open(String(name));
        // One that was removed since it was listed must not be made anew by looking.
        r.onupgradeneeded = () => r.transaction?.abort();
        r.onerror = () => done(undefined);
        r.onsuccess = () => done(r.result);
      });
      if (!db) continue;
      for (const table of db.objectStoreNames) {
        const all = await new Promise<{ bytes?: Uint8Array }[]>((done) => {
          const r = db.transaction(table).objectStore(table).getAll();
          r.onsuccess = () => done(r.result);
        });
        for (const x of all) out.push(x.bytes ? new TextDecoder('latin1').decode(x.bytes) : JSON.stringify(x));
      }
      db.close();
    }
    return out.join('\n');
  });

test('made in the page, opened by the command line and by age; made by the command line, opened in the page; removed only after a copy was proved', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  const dir = mkdtempSync(join(tmpdir(), 'foothold-page-vault-'));
  try {
    const page = await openPage(browser.context, served.url);
    await makeVault(page);
    await addFile(page, 'Sparrow', PEOPLE);
    // The next day over all cases, without opening one.
    await page.waitForSelector('.due li');
    assert.match(
      await page.locator('.due').innerText(),
      /19 December 2026, Saturday[\s\S]*1 Sparrow: last lawful day in Georgia/,
    );
    await button(page, /^Open/).click();
    await page.waitForSelector('.incase');
    await page.waitForSelector('.tasks');
    assert.match(await page.locator('.incase').innerText(), /Case 1:\s+Sparrow/);
    // One answer: it is in the vault at once.
    await page.locator('.task').nth(4).click();
    await page.locator('.answer', { hasText: 'Savings' }).locator('button').first().click();
    await page.locator('fieldset.money input').fill('23456');
    await page.locator('form.ask button[type=submit]').click();
    await page.waitForFunction(() => !document.querySelector('fieldset.money'));
    const plain = await stored(page);
    assert.match(plain, /age-encryption\.org\/v1/);
    for (const c of CANARIES) assert.ok(!plain.includes(c), c);
    await page.locator('header .lock').click();
    await page.waitForSelector('main input[type=password]');
    assert.ok(!/Sparrow|Georgia/.test(await page.locator('body').innerText()));
    await passphrase(page, 'another passphrase altogether', false);
    await page.waitForSelector('.error');
    await passphrase(page, PASS, false);
    await page.waitForSelector('.caselist');
    assert.match(await page.locator('main').innerText(), /No copy of this vault was made/);

    await button(page, 'Copy, or before a border').click();
    assert.equal(await page.locator('button', { hasText: 'Remove it from this device' }).count(), 0);
    const copy = join(dir, 'copy.zip');
    await saveCopy(page, copy);
    await page.waitForSelector('text=Possible after the copy was opened');
    // A cut copy is told and proves nothing.
    writeFileSync(join(dir, 'cut.zip'), readFileSync(copy).subarray(0, 3000));
    await page.setInputFiles('main .steps input[type=file]', join(dir, 'cut.zip'));
    await passphrase(page, PASS, false);
    await page.waitForSelector('.error');
    await page.setInputFiles('main .steps input[type=file]', copy);
    await passphrase(page, PASS, false);
    await page.waitForSelector('text=The copy opens: 1 case');

    // The command line opens it, whole: the family, the comments, the answer that was added.
    const vault = join(dir, 'vault');
    assert.equal(cli(['import', copy, '--vault', vault], PASS).status, 0);
    const text = cli(['open', '1', '--vault', vault], PASS).out;
    assert.match(text, /savings: 23456(\.00)? EUR/);
    assert.match(text, /^name: Irina$/m);
    assert.match(text, /# earlier presence/);
    assert.match(text, /^--- # file: dmitri\.yaml$/m);
    const check = cli(['check', '1', '--vault', vault, '--on', '2026-11-23', '--json'], PASS);
    assert.equal(check.status, 0, check.err);
    // And so does age, with the passphrase alone.
    const tty = spawnSync(
      'python3',
      [
        '-c',
        `import os,pty,sys,time
pid,fd=pty.fork()
if pid==0: os.execvp('age',['age','-d','-o',sys.argv[2],sys.argv[1]])
out=b''
while b':' not in out: out+=os.read(fd,100)
os.write(fd,(sys.argv[3]+'\\n').encode())
try:
    while os.read(fd,1000): pass
except OSError: pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid,0)[1]))`,
        join(vault, 'identity.age'),
        join(dir, 'key.txt'),
        PASS,
      ],
      { encoding: 'utf8' },
    );
    assert.equal(tty.status, 0, tty.stderr);
    const index = spawnSync('age', ['-d', '-i', join(dir, 'key.txt'), join(vault, 'index.age')], { encoding: 'utf8' });
    const file = /"file":"(c\/[0-9a-f]{32}\.age)"/.exec(index.stdout)?.[1] as string;
    const one = spawnSync('age', ['-d', '-i', join(dir, 'key.txt'), join(vault, file)], { encoding: 'utf8' });
    assert.match(one.stdout, /"label": "Sparrow"/);
    assert.match(one.stdout, /1991-04-12/);

    // Now it may be removed here; nothing stays.
    await button(page, 'Remove it from this device').click();
    await button(page, 'Yes, remove').click();
    await page.waitForSelector('text=Bring a vault back');
    assert.equal(await stored(page), '');

    // The command line adds a case; the page takes the whole back.
    const vera = readFileSync(join(ROOT, 'people', 'vera.yaml'), 'utf8');
    assert.equal(cli(['add', '--label', 'Heron', '--vault', vault], PASS, vera).status, 0);
    assert.equal(cli(['export', join(dir, 'back.zip'), '--vault', vault], PASS).status, 0);
    await button(page, 'Choose a copy').click();
    await page.setInputFiles('main input[type=file]', join(dir, 'back.zip'));
    await passphrase(page, PASS, false);
    await page.waitForSelector('.caselist');
    assert.match(await page.locator('.caselist').innerText(), /Sparrow[\s\S]*Heron/);
    await page.waitForSelector('.due li');
    await button(page, 'The vault itself').click();
    await button(page, 'Check every file').click();
    await page.waitForSelector('text=2 files are as saved');
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await browser.close();
    await served.close();
  }
});

test('two windows: what one saved the other does not overwrite, and what the other has is not lost', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  try {
    const one = await openPage(browser.context, served.url);
    await makeVault(one);
    await addFile(one, 'Sparrow', [join(ROOT, 'people', 'vera.yaml')]);
    const two = await openPage(browser.context, served.url);
    await button(two, 'I help several people').click();
    await passphrase(two, PASS, false);
    for (const page of [one, two]) {
      await page.waitForSelector('.caselist');
      await button(page, /^Open/).click();
      await page.waitForSelector('.tasks');
    }
    const answer = async (page: Page, value: string) => {
      await page.locator('.task').nth(4).click();
      await page.locator('.answer', { hasText: 'Savings' }).locator('button').first().click();
      await page.locator('fieldset.money input').fill(value);
      const asked = await page.locator('h1').innerText();
      await page.locator('form.ask button[type=submit]').click();
      // What a month adds is asked next: money as well.
      await page.waitForFunction((h) => document.querySelector('h1')?.innerText !== h, asked);
    };
    await answer(one, '1111');
    // Laid away: then it is saved, before the other window answers.
    await one.locator('.incase button', { hasText: 'Close it' }).click();
    await one.waitForSelector('.caselist');
    await answer(two, '2222');
    await two.waitForSelector('text=Another window has saved this case');
    await button(two, 'Keep mine as another case').click();
    await two.waitForSelector('h1:has-text("2 Sparrow (2)")');
    // Both are there.
    const savings = async (page: Page, label: string) => {
      await button(page, 'Cases').click();
      await page.waitForSelector('.caselist');
      await page.locator('.caselist li', { hasText: label }).locator('button').first().click();
      await page.waitForSelector('.tasks');
      await page.locator('.task').nth(4).click();
      await page.waitForSelector('.answers[aria-busy=false]');
      const text = await page.locator('.answer', { hasText: 'Savings' }).innerText();
      await page.locator('.incase button', { hasText: 'Close it' }).click();
      await page.waitForSelector('.caselist');
      await button(page, 'Log, files, hand over').click();
      return text;
    };
    assert.match(await savings(two, 'Sparrow (2)'), /2,222/);
    await button(two, 'Cases').click();
    await two.waitForSelector('.caselist');
    await two.locator('.caselist li').first().locator('button').first().click();
    await two.waitForSelector('.tasks');
    await two.locator('.task').nth(4).click();
    assert.match(await two.locator('.answer', { hasText: 'Savings' }).innerText(), /1,111/);
  } finally {
    await browser.close();
    await served.close();
  }
});

test('it locks after two minutes out of sight, on leaving, and when the page comes back from the memory of the browser', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  try {
    const page = await browser.context.newPage();
    await page.clock.install({ time: new Date('2026-11-23T09:00:00Z') });
    await page.goto(served.url);
    await page.waitForSelector('h1');
    await makeVault(page);
    await page.locator('main input[type=text]').last().fill('Sparrow');
    await button(page, 'New, and ask the questions').click();
    await page.waitForSelector('form.ask');
    const hide = (state: string) =>
      page.evaluate((s) => {
        Object.defineProperty(document, 'visibilityState', { value: s, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await hide('hidden');
    await page.clock.runFor(60_000);
    await hide('visible');
    assert.equal(await page.locator('form.ask').count(), 1, 'a minute is not enough');
    await hide('hidden');
    await page.clock.runFor(121_000);
    // Nobody has come back yet, and it is locked.
    await page.waitForSelector('main input[type=password]');
    assert.ok(!(await page.locator('body').innerText()).includes('Sparrow'));
    await hide('visible');
    await passphrase(page, PASS, false);
    await page.waitForSelector('.caselist');
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await page.waitForSelector('main input[type=password]');
    await passphrase(page, PASS, false);
    await page.waitForSelector('.caselist');
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await page.waitForSelector('main input[type=password]');
    assert.ok(!(await page.locator('body').innerText()).includes('Sparrow'));
  } finally {
    await browser.close();
    await served.close();
  }
});
