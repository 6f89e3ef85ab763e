/** What leads to the screens of the console. */
import type { Stage } from './screen.ts';

export const row = ({ page }: Stage, index: number) => page.locator('[data-number]').nth(index);

export async function openTicket(stage: Stage, index = 0) {
  await row(stage, index).click();
  await stage.page.locator('#conversation article').first().waitFor();
}

/** Opens a ticket, and presses a key of it. */
export const ticketKey =
  (key: string) =>
  async (stage: Stage): Promise<void> => {
    await openTicket(stage);
    await stage.page.keyboard.press(key);
  };

/** Opens a ticket, and chooses from its menu. */
export const ticketMenu = (item: string) => async (stage: Stage) => {
  await openTicket(stage);
  await stage.page
    .locator('#conversation')
    .getByRole('button', { name: stage.t('More actions') })
    .click();
  if (item) await stage.page.getByRole('menuitem', { name: stage.t(item) }).click();
};
