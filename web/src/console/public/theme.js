// A file of its own, before the first paint: the CSP has no inline scripts, and a dark page must not flash white.
try {
  const { dataset } = document.documentElement;
  const theme = localStorage.getItem('paneldesk.theme');
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  const language = localStorage.getItem('paneldesk.language');
  if (language) document.documentElement.lang = language;
} catch {
  // The browser keeps nothing: the theme is the one of the system.
}
