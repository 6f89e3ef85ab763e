// A file of its own, before the first paint: the CSP has no inline scripts, and a dark page must not flash white.
try {
  const { theme, language } = JSON.parse(localStorage.getItem('paneldesk.portal.preferences') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (language) document.documentElement.lang = language;
} catch {
  // The browser keeps nothing: the theme is the one of the system.
}
