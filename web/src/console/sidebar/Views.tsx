import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowDown, ArrowUp, Eye, ListFilter, MoreHorizontal, PencilLine, Trash2, Users } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { countViewsOptions, listViewsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { View } from '#api/generated/types.gen.ts';
import { importPart } from '#shared/import-part.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import { searchOf } from '../list/view-filter.ts';
import { useMe } from '../me.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { closeDrawer } from './drawer.ts';
import { ListLink } from './ListLink.tsx';
import styles from './Views.module.css';
import { moveView, removeView, shareView } from './views.ts';

const RenameView = lazy(() => importPart(() => import('./RenameView.tsx')));

/** Saved views: one’s own, then those of the team. */
export function Views() {
  const isAdmin = useMe().role === 'admin';
  const views = useQuery(listViewsOptions()).data?.items ?? [];
  const own = views.filter(({ is_shared }) => !is_shared);
  const shared = views.filter(({ is_shared }) => is_shared);
  return (
    <>
      {own.length > 0 && (
        <>
          <h2>
            <Trans>My views</Trans>
          </h2>
          <ViewGroup views={own} canChange canShare={isAdmin} />
        </>
      )}
      {shared.length > 0 && (
        <>
          <h2>
            <Trans>Team views</Trans>
          </h2>
          <ViewGroup views={shared} canChange={isAdmin} canShare={false} />
        </>
      )}
    </>
  );
}

interface ViewGroupProps {
  views: View[];
  canChange: boolean;
  canShare: boolean;
}

function ViewGroup({ views, canChange, canShare }: ViewGroupProps) {
  const counts = useQuery(countViewsOptions()).data?.items;
  const navigate = useNavigate();
  const [dragged, setDragged] = useState<number | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const [renamed, setRenamed] = useState<View | null>(null);

  function edit(view: View) {
    closeDrawer();
    const params = { list: `view.${view.view_id}` };
    void navigate({ to: '/$list', params, search: searchOf(view) });
  }
  function drop() {
    if (dragged !== null && target !== null) void moveView(views, dragged, target);
    setDragged(null);
    setTarget(null);
  }

  function onKeyDown(event: KeyboardEvent, index: number) {
    if (!event.altKey || !(event.key === 'ArrowUp' || event.key === 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    void moveView(views, index, index + (event.key === 'ArrowUp' ? -1 : 1));
  }

  return (
    <>
      <ul className={styles.views}>
        {views.map((view, index) => (
          <li
            key={view.view_id}
            className={target === index && dragged !== index ? styles.target : ''}
            draggable={canChange}
            onDragStart={() => setDragged(index)}
            onDragEnter={() => dragged !== null && setTarget(index)}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={drop}
            onDragEnd={drop}
            onKeyDown={(event) => canChange && onKeyDown(event, index)}
          >
            <ListLink
              list={`view.${view.view_id}`}
              icon={<Eye size={16} aria-hidden />}
              name={view.name}
              count={counts?.find(({ view_id }) => view_id === view.view_id)?.count}
              hint={canChange ? t`Alt+↑ and Alt+↓ move it` : undefined}
            />
            {canChange && (
              <Menu
                trigger={
                  <IconButton
                    size="small"
                    className={styles.more}
                    label={t`Actions of “${view.name}”`}
                    icon={<MoreHorizontal size={15} aria-hidden />}
                  />
                }
              >
                <MenuItem icon={<PencilLine size={15} aria-hidden />} onChoose={() => setRenamed(view)}>
                  <Trans>Rename…</Trans>
                </MenuItem>
                <MenuItem icon={<ListFilter size={15} aria-hidden />} onChoose={() => edit(view)}>
                  <Trans>Change the filter…</Trans>
                </MenuItem>
                {canShare && (
                  <MenuItem icon={<Users size={15} aria-hidden />} onChoose={() => void shareView(view)}>
                    <Trans>Share with the team</Trans>
                  </MenuItem>
                )}
                <MenuItem
                  icon={<ArrowUp size={15} aria-hidden />}
                  hotkey="Alt+↑"
                  disabled={index === 0}
                  onChoose={() => void moveView(views, index, index - 1)}
                >
                  <Trans>Move up</Trans>
                </MenuItem>
                <MenuItem
                  icon={<ArrowDown size={15} aria-hidden />}
                  hotkey="Alt+↓"
                  disabled={index === views.length - 1}
                  onChoose={() => void moveView(views, index, index + 1)}
                >
                  <Trans>Move down</Trans>
                </MenuItem>
                <MenuSeparator />
                <MenuItem
                  icon={<Trash2 size={15} aria-hidden />}
                  isDanger
                  onChoose={() => void removeView(view)}
                >
                  <Trans>Delete</Trans>
                </MenuItem>
              </Menu>
            )}
          </li>
        ))}
      </ul>
      <Suspense>{renamed && <RenameView view={renamed} onClose={() => setRenamed(null)} />}</Suspense>
    </>
  );
}
