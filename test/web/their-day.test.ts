/** The day where the authority is: said where a deadline is near, and told where it differs from the day of the device. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysBetween, daysIn } from '../../src/web/their-day.ts';
import { bringFile, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, PEOPLE } from './built.ts';

test('the day in a country: one zone, several, unknown', () => {
  const lateInLisbon = new Date('2026-11-23T23:30:00Z');
  assert.deepEqual(daysIn('ge', lateInLisbon) ?? ['2026-11-24'], ['2026-11-24']);
  assert.deepEqual(daysIn('us', lateInLisbon) ?? ['2026-11-23'], ['2026-11-23']);
  assert.equal(daysIn('zz', lateInLisbon), undefined);
  assert.equal(daysIn('not a country', lateInLisbon), undefined);
  assert.equal(daysBetween('2026-11-23', '2026-12-01'), 8);
  assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
});

test('near a deadline the page says whose day it counts by, and what day it is there', async () => {
  const served = await serveFolder(await built());
  // The device is in Lisbon, the authority in Tbilisi: there it is tomorrow already.
  const browser = await openBrowser({ lang: 'en', more: { timezoneId: 'Europe/Lisbon' } });
  try {
    const far = await openPage(browser.context, served.url, new Date('2026-11-23T12:00:00Z'));
    await bringFile(far, PEOPLE);
    assert.equal(await far.locator('.theirday').count(), 0);
    const near = await openPage(browser.context, served.url, new Date('2026-12-17T22:30:00Z'));
    await bringFile(near, PEOPLE);
    await near.waitForSelector('.theirday');
    assert.match(
      await near.locator('.theirday').innerText(),
      /day of this device: 17 December 2026\. Where the authority is, it is 18 December 2026 now/,
    );
    const noon = await openPage(browser.context, served.url, new Date('2026-12-17T12:00:00Z'));
    await bringFile(noon, PEOPLE);
    await noon.waitForSelector('.theirday');
    assert.match(await noon.locator('.theirday').innerText(), /it is the same day now/);
  } finally {
    await browser.close();
    await served.close();
  }
});
