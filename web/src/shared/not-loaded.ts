/** What a page says whose words do not come. It has its own, since they are what is missing. */
const AFTER_MS = 4000;
const words = {
  en: { said: 'The server does not respond. It is asked again.', retry: 'Retry' },
  ru: { said: 'Сервер не отвечает. Пробуем ещё раз.', retry: 'Повторить' },
};

/** Says it after a while. Returns what ends it. */
export function sayNotLoaded(language: keyof typeof words): () => void {
  const page = document.createElement('main');
  const timer = setTimeout(() => {
    const [alert, heading] = [document.createElement('div'), document.createElement('h1')];
    alert.role = 'alert';
    heading.textContent = words[language].said;
    alert.append(heading);
    const button = document.createElement('button');
    button.textContent = words[language].retry;
    button.addEventListener('click', () => location.reload());
    button.style.cssText = 'min-height: 40px; padding: 0 16px; text-decoration: underline';
    page.style.cssText =
      'position: fixed; inset: 0; display: grid; place-content: center; justify-items: center';
    page.lang = language;
    page.append(alert, button);
    document.body.append(page);
  }, AFTER_MS);
  return () => {
    clearTimeout(timer);
    page.remove();
  };
}
