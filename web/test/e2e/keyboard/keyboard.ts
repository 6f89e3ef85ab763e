/** A reader with a keyboard alone, who has to see where the focus is. */
import assert from 'node:assert/strict';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';

export const SLOW = { timeout: 15_000 };

/** The only way in which these tests touch the page: a mouse would be a cheat. */
export class Keyboard {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async press(...keys: string[]) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await expect.poll(() => this.page.evaluate(whyNotVisible), `the focus after ${key}`).toBe('');
    }
  }
  async type(text: string) {
    await this.page.keyboard.type(text);
  }
  /** Types into the field that has the focus, and takes the option with this name. */
  async choose(text: string, option: RegExp) {
    await this.type(text);
    await expect(this.page.getByRole('option', { name: option }).first()).toBeVisible(SLOW);
    const chosen = this.page.locator('[role=option]:is([aria-selected=true], [data-highlighted])').first();
    const isChosen = async () =>
      (await chosen.count()) > 0 && option.test((await chosen.textContent()) ?? '');
    for (let i = 0; i < 20 && !(await isChosen()); i++) await this.press('ArrowDown');
    assert.ok(await isChosen(), `arrows lead to ${option}`);
    await this.press('Enter');
  }
  /** Single keys are letters in a field: Esc leaves it first. */
  async leaveField() {
    if (await this.page.evaluate(() => document.activeElement?.matches('textarea')))
      await this.press('Escape');
  }
  /** A command of the palette. */
  async run(command: string) {
    await this.press('Control+k');
    await expect(this.page.getByRole('combobox', { name: 'Search or jump to…' })).toBeFocused(SLOW);
    await this.choose(command, new RegExp(`^${command}`));
  }
  /** Goes on until a control with this name has the focus. */
  async goTo(name: RegExp, key = 'Tab') {
    for (let i = 0; i < 40; i++) {
      const own = await this.page.evaluate(
        () =>
          document.activeElement?.closest('label')?.textContent ??
          document.activeElement?.getAttribute('aria-label') ??
          document.activeElement?.textContent ??
          '',
      );
      if (name.test(own)) return;
      await this.press(key);
    }
    assert.fail(`${key} does not lead to ${name}`);
  }
}

/** Why the reader does not see where the focus is; nothing when they do. */
export function whyNotVisible(): string {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return 'it is lost';
  const chosen = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '');
  const box = (chosen ?? focused).getBoundingClientRect();
  const isInView = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  const name = `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent?.slice(0, 40)}`;
  if (box.width === 0 || box.height === 0 || !isInView) return `${name} is out of view`;
  if (focused.matches('textarea, input:not([type=checkbox], [type=radio])')) return ''; // its caret blinks
  const isMarked = (element: Element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  };
  return isMarked(focused) || (focused.parentElement && isMarked(focused.parentElement))
    ? ''
    : `${name} has no ring`;
}
