/* The codes of keys, over all terminals: the last letter of "\033[…x" and "\033Ox", the number in "\033[n~",
 * the number pad of those that send it apart. For ui/decode.c alone. */
#pragma once

#include "key.h"

static const struct {
  char final;
  Key key;
} final_keys[] = {
    {'A', K_UP},   {'B', K_DOWN}, {'C', K_RIGHT}, {'D', K_LEFT}, {'H', K_HOME},
    {'F', K_END},  {'P', K_F(1)}, {'Q', K_F(2)},  {'R', K_F(3)}, {'S', K_F(4)},
};

static const struct {
  int number;
  Key key;
} number_keys[] = {
    {1, K_HOME},   {2, K_INSERT}, {3, K_DELETE}, {4, K_END},    {5, K_PAGE_UP}, {6, K_PAGE_DOWN}, {7, K_HOME},
    {8, K_END},    {11, K_F(1)},  {12, K_F(2)},  {13, K_F(3)},  {14, K_F(4)},   {15, K_F(5)},     {17, K_F(6)},
    {18, K_F(7)},  {19, K_F(8)},  {20, K_F(9)},  {21, K_F(10)}, {23, K_F(11)},  {24, K_F(12)},    {25, K_F(13)},
    {26, K_F(14)}, {28, K_F(15)}, {29, K_F(16)}, {31, K_F(17)}, {32, K_F(18)},  {33, K_F(19)},    {34, K_F(20)},
};

/* Digits, not movements: people type amounts and hours there. */
static const struct {
  char final;
  Key key;
} keypad_keys[] = {
    {'M', K_ENTER}, {'I', K_TAB}, {' ', ' '}, {'X', '='}, {'j', '*'}, {'k', '+'}, {'l', ','}, {'m', '-'},
    {'n', '.'},     {'o', '/'},   {'p', '0'}, {'q', '1'}, {'r', '2'}, {'s', '3'}, {'t', '4'}, {'u', '5'},
    {'v', '6'},     {'w', '7'},   {'x', '8'}, {'y', '9'},
};
