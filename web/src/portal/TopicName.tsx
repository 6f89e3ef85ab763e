import { useQuery } from '@tanstack/react-query';
import { listTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { inLanguage } from '#shared/i18n.ts';

/** Nothing while it is not known, and for a topic that is offered no more. */
export function TopicName({ topic, className }: { topic: string | null; className: string | undefined }) {
  const { data } = useQuery({ ...listTopicsOptions(), enabled: topic !== null });
  const found = data?.items.find(({ key }) => key === topic);
  return found && <span className={className}>{inLanguage(found.name)}</span>;
}
