import { useLingui } from '@lingui/react';
import { memo, useEffect, useState } from 'react';
import { importPart } from './import-part.ts';
import { languageOf } from './language-of.ts';
import './markdown.css';

type Render = typeof import('./markdown.ts').renderMarkdown;
let render: Render | undefined;
const load = async () => {
  render = (await importPart(() => import('./markdown.ts'))).renderMarkdown;
};

/** Begins to load what Markdown needs, before the first message is there. */
export const preloadMarkdown = () => void load();

/** Text of a person, as Markdown. Until its code is loaded it stands there as it was typed. */
export const Markdown = memo(({ text }: { text: string }) => {
  const { i18n } = useLingui();
  const [isReady, setReady] = useState(render !== undefined);
  useEffect(() => {
    if (!isReady) void load().then(() => setReady(true));
  }, [isReady]);
  const written = languageOf(text);
  const lang = written && written !== i18n.locale ? written : undefined;
  if (!render)
    return (
      <div className="markdown is-plain" lang={lang}>
        {text}
      </div>
    );
  // React's type knows strings only; under Trusted Types it must be the object that DOMPurify made.
  const html = render(text) as unknown as string;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by DOMPurify in markdown.ts
  return <div className="markdown" lang={lang} dangerouslySetInnerHTML={{ __html: html }} />;
});
