// What several people do with the portal's forms.
export const next = (page) => page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();

// The form of a temporary residence (DVC05) from where one stays to its last page: in an own house, for a year.
export async function ownHouse(page) {
  await page.getByLabel('Nhà của tôi').check();
  await page.locator('[name="stay_address.unit"]').selectOption({ label: 'Xã Quảng Tín' });
  await page.locator('[name="stay_address.line"]').fill('Thôn 3');
  await page.locator('[name="stay_from"]').fill('2026-12-01');
  await page.locator('[name="stay_until"]').fill('2027-11-30');
  await page.locator('[name="stay_reason"]').fill('đi làm');
  await next(page);
  await page.getByLabel('Không', { exact: true }).check();
  await next(page);
}
