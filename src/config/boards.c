/* Boards: from how many days on their cards are marked, as config.yaml says it. */
#include "config/boards.h"

#include <caseload/board.h>

#include "catalogue/kinds.h"

/* What the table of the kind says holds where the file says nothing. */
static void read_board(const ClTree *boards, gsize i, ClMistakes *mistakes) {
  ClKind *kind = cl_catalogue_own()[i];
  const ClBoard *standard = cl_catalogue_table(i)->board;
  const ClTree *map = cl_tree_get(boards, kind->plural);
  ClBoard *board = (ClBoard *)kind->board;
  board->ageing = (int)cl_tree_get_whole(map, "ageing", standard->ageing);
  board->old = (int)cl_tree_get_whole(map, "old", standard->old);
  if (board->old > board->ageing)
    return;
  const ClTree *at = cl_tree_get(map, "old") ? cl_tree_get(map, "old") : map;
  cl_mistakes_add(mistakes, at->line, at->column, "cards are marked as old (%d days) later than as ageing (%d days)", board->old,
                  board->ageing);
}

void cl_config_read_boards(const ClTree *boards, ClMistakes *mistakes) {
  for (gsize i = 0; cl_catalogue_own()[i]; i++)
    if (cl_catalogue_own()[i]->board)
      read_board(boards, i, mistakes);
}
