/** What lies over a page, and what a keyboard reaches of it. */
import type { Page } from 'playwright-core';

/** Toasts are dialogs, too, in a region of their own. */
const LAYERS =
  '[role=menu], [role=listbox], [role=grid], [role=dialog]:not([role=region] *), dialog:modal, :popover-open';

export const hasLayer = (page: Page): Promise<boolean> =>
  page.evaluate(
    (layers) => [...document.querySelectorAll(layers)].some((each) => each.checkVisibility()),
    LAYERS,
  );

/**
 * What the keyboard does not reach in the topmost layer, or where nobody sees it: arrows go through the items of a menu
 * or a list, Tab through the controls of a dialog.
 */
export async function reachProblems(page: Page): Promise<string[]> {
  const { key, ids } = await page.evaluate(numberControls, LAYERS);
  const missed = new Set(ids);
  const problems = new Set<string>();
  const most = ids.length + 12; // once round: a date has three stops
  for (let presses = 0; missed.size > 0 && presses < most; presses++) {
    const { id, problem } = await page.evaluate(lookAtFocus);
    missed.delete(id);
    if (problem) problems.add(problem);
    await page.keyboard.press(key);
    await leaveGuard(page);
  }
  return [...problems, ...[...missed].map((id) => `${key} does not lead to ${id}`)];
}

/** A guard of the library gives the focus on in the next frame: another press before it would pass by a control. */
const leaveGuard = (page: Page) =>
  page.waitForFunction(() => !document.activeElement?.matches('[data-base-ui-focus-guard]'));

/** Marks what should be reached, with its name and place. */
function numberControls(layers: string): { key: string; ids: string[] } {
  const MOST = 40; // of a long list, the beginning
  const layer = [...document.querySelectorAll(layers)].filter((each) => each.checkVisibility()).at(-1);
  const find = (selector: string) => [...(layer?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const items = find('[role^=menuitem], [role=option], [role=gridcell]');
  const controls = find('a[href], button, input, select, textarea, [tabindex]').filter(
    (control) =>
      control.tabIndex >= 0 &&
      control.checkVisibility() &&
      !control.matches(':disabled, [data-base-ui-focus-guard]'),
  );
  const wanted = items.length > 0 ? items.filter((item) => !item.hasAttribute('data-disabled')) : controls;
  const ids = wanted.slice(0, MOST).map((control, index) => {
    const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 40);
    // Tab leads to one of the radio buttons of a group.
    const isRadio = control instanceof HTMLInputElement && control.type === 'radio';
    const id = isRadio ? `the group ${control.name}` : `${index + 1}: “${name}”`;
    control.setAttribute('data-reach', id);
    return id;
  });
  const arrow = layer?.matches('[role=grid]') ? 'ArrowRight' : 'ArrowDown';
  return { key: items.length > 0 ? arrow : 'Tab', ids };
}

/** What has the focus, or is chosen by it; and why it is not seen. */
function lookAtFocus(): { id: string; problem: string } {
  const focused = document.activeElement;
  const chosen =
    document.getElementById(focused?.getAttribute('aria-activedescendant') ?? '') ?? focused ?? document.body;
  const id = chosen.getAttribute('data-reach') ?? '';
  if (chosen === document.body) return { id, problem: '' }; // on its way round
  const name = id || `${chosen.tagName} “${chosen.textContent?.trim().slice(0, 40)}”`;
  const shown = chosen.closest('label') ?? chosen; // the box of a checkbox may be hidden
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const [up, down] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  if (left < -1 || right > innerWidth + 1) return { id, problem: `${name} is beyond the edge` };
  const isHigh = bottom - top > innerHeight / 2; // a part of it is enough
  if (down <= up || (!isHigh && (top < -1 || bottom > innerHeight + 1)))
    return { id, problem: `${name} is out of view` };
  const hit = document.elementFromPoint((left + right) / 2, (up + down) / 2);
  const isCovered = !hit || !(shown.contains(hit) || hit.contains(shown));
  return { id, problem: isCovered ? `${name} is covered by ${hit?.tagName}.${hit?.className}` : '' };
}
