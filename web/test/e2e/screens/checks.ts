/** What every screen has to be, besides free of what axe finds. */
import type { Page } from 'playwright-core';

/** One heading of the first level and one main part, as far as the page is not inert below a dialog. */
export const landmarkProblems = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isModal = document.querySelector('dialog:modal, [role=dialog]') !== null;
    return ['h1', 'main'].flatMap((name) => {
      const shown = [...document.querySelectorAll(name)].filter((element) => element.checkVisibility());
      return shown.length === 1 || (isModal && shown.length === 0) ? [] : [`${shown.length} × ${name}`];
    });
  });

/** What does not fit: parts that scroll sideways, controls beyond the edge of the page, texts beyond their box. */
export const sizeProblems = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const mayBeWide = 'pre, table, .markdown *, textarea, input';
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} “${element.textContent?.trim().slice(0, 40)}”`;
    const shown = [...document.querySelectorAll<HTMLElement>('html, body *')].filter((element) =>
      element.checkVisibility({ visibilityProperty: true }),
    );
    const scrolling = shown.filter((element) => {
      if (element.matches(mayBeWide) || element.scrollWidth <= element.clientWidth + 1) return false;
      const { overflowX } = getComputedStyle(element);
      return element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll';
    });
    const controls = shown.filter((element) => element.matches('button, a[href], input, select, textarea'));
    const isHidden = (element: Element) => element.closest('.visually-hidden, pre, table, [inert]') !== null;
    const cut = controls.filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && !isHidden(element) && (left < -1 || right > innerWidth + 1);
    });
    const boxes = 'button, article, li, label, fieldset, form, p, h2, h3, dt, dd';
    const full = shown.filter((element) => {
      const { overflowX, display } = getComputedStyle(element);
      if (!element.matches(boxes) || isHidden(element) || overflowX !== 'visible' || display === 'inline')
        return false;
      return element.scrollWidth > element.clientWidth + 1;
    });
    // The parts of a face scroll, and not the face; the pages of a guest may.
    const { scrollHeight, clientHeight } = document.documentElement;
    const isCut = scrollHeight > clientHeight + 1 && !document.querySelector('main[data-ready]');
    return [
      ...(isCut ? [`the page is ${scrollHeight - clientHeight} px higher than the window`] : []),
      ...scrolling.map((element) => `scrolls sideways: ${nameOf(element)}`),
      ...cut.map((element) => `beyond the edge: ${nameOf(element)}`),
      ...full.map((element) => `wider than its box: ${nameOf(element)}`),
    ];
  });
