namespace MnistPS;

/// <summary>The handwriting styles of the ten digits, designed by hand without any image. See <see cref="Glyph"/> for the notation.</summary>
internal static class GlyphTable
{
    /// <summary>The styles of each digit from 0 to 9.</summary>
    internal static readonly Glyph[][] Styles =
    [
        [
            // Round, closed with a little overlap.
            new(4, "60,1 24,16 10,56 34,97 70,92 90,44 72,6 48,2"),
            // Narrow.
            new(2, "56,0 34,16 26,56 42,98 64,86 74,44 62,4 46,3"),
            // Wide.
            new(3, "60,6 20,16 4,54 34,94 76,88 96,44 74,8 50,6"),
            // The end runs on into the inside.
            new(2, "62,2 24,18 15,58 40,98 72,86 84,42 64,6 44,6 38,24"),
            // A gap at the top.
            new(2, "40,4 18,28 16,66 44,99 76,82 84,38 66,6"),
            // The end passes the beginning.
            new(1, "34,14 16,50 34,94 68,92 84,48 62,4 24,2"),
            // Begun at the right, with a hook.
            new(2, "76,22 56,2 24,18 15,60 44,98 76,78 84,36 66,2"),
            // Wide and leaning.
            new(3, "80,4 42,14 8,58 20,94 60,84 94,34 82,6 66,6"),
            // Slashed.
            new(1, "58,1 24,16 14,56 38,97 70,90 86,44 68,6 46,2", "72,16 28,84"),
            // A loop at the top.
            new(2, "50,18 28,16 14,56 38,97 72,88 84,44 60,4 42,16 64,22"),
        ],
        [
            // A plain stroke.
            new(6, "55,0 45,100"),
            // Leaning far to the right.
            new(5, "68,0 32,100"),
            // Slightly bent.
            new(2, "56,0 49,50 50,100"),
            new(2, "48,0 52,50 46,100"),
            // A flag.
            new(2, "34,22 52,0! 50,100"),
            // A flag that leaves the stem only slowly.
            new(1, "32,44 46,18 58,0! 52,50 48,100"),
            // A flag and a base.
            new(1, "28,22 52,0! 52,100", "24,99 80,99"),
            // A foot.
            new(1, "40,12 52,0! 52,96! 70,97"),
        ],
        [
            // A sharp turn into the base.
            new(4, "16,26 40,2 74,12 70,46 44,76 14,98! 50,96 88,94"),
            // A loop at the lower left.
            new(4, "16,30 26,8 54,0 74,16 66,50 36,88 10,94 10,74 40,74 66,95 92,92"),
            // A flat, long loop.
            new(2, "20,22 46,2 72,16 62,54 24,92 4,90 18,76 52,88 104,80"),
            // A large, round loop.
            new(3, "22,30 30,8 56,0 76,20 70,56 46,88 18,96 8,78 26,62 52,72 72,94 98,90"),
            // A narrow turn without loop.
            new(2, "24,18 46,0 70,12 66,42 44,72 22,96! 54,94 84,97"),
            // Like a Z.
            new(1, "20,12 46,4 74,6! 48,52 18,94! 50,92 86,94"),
            // Begun with a hook.
            new(1, "32,34 18,22 38,2 68,6 74,32 54,62 14,97! 50,94 86,97"),
            // Rounded throughout, like a swan.
            new(1, "22,24 40,2 68,12 64,44 36,78 28,94 52,98 88,90"),
            // A small head over a long base.
            new(1, "28,26 46,10 62,20 54,50 14,88! 54,86 104,80"),
            // A nearly round head, a loop and a short tail.
            new(2, "26,40 24,14 52,0 76,18 70,56 42,90 16,94 14,74 42,70 78,96"),
            // A small loop, the tail rising.
            new(1, "18,26 38,4 68,8 70,40 46,74 20,94 14,84 34,80 62,86 100,72"),
            // The base falls to the right.
            new(1, "20,22 42,2 68,14 60,50 22,80! 50,88 84,102"),
            // The upper bow nearly closed, the end tail long.
            new(1, "42,36 24,24 44,2 74,14 74,46 48,80 16,96 14,82 44,84 90,96"),
        ],
        [
            // Two round bows.
            new(4, "18,16 44,0 70,14 62,40 38,47! 66,53 80,76 54,99 14,90"),
            // A small loop between the bows.
            new(2, "20,14 46,0 70,14 60,40 36,52 44,44 72,58 76,84 50,100 14,90"),
            // Smooth in the middle.
            new(2, "22,12 48,0 68,18 52,44 72,64 70,90 44,100 16,92"),
            // A flat top.
            new(2, "20,6 46,4 76,3! 46,42! 72,52 80,76 54,99 16,92"),
            // The upper bow pointed.
            new(1, "16,12 44,3 72,4 60,26 38,44! 66,48 78,68 58,94 12,98"),
            // A large lower bow that curls in.
            new(2, "26,14 48,0 66,14 56,36 38,44! 74,52 84,76 58,99 22,92 18,74"),
            // A large upper bow.
            new(1, "14,20 40,0 74,10 74,40 40,58! 68,60 76,82 50,100 18,96"),
            // Both bows curled in, near an 8.
            new(1, "28,30 26,10 50,0 70,16 60,40 38,47! 72,56 76,84 50,100 26,94 22,76"),
            // A long tail, the lower bow hardly bent.
            new(1, "22,10 50,0 74,12 60,34 44,42! 66,52 62,78 38,98 10,104"),
            // A long, straight start.
            new(1, "8,16 40,4 76,2 66,26 42,42! 70,48 80,70 54,96 20,98"),
            // A small upper bow on a heavy lower one.
            new(1, "32,18 50,4 66,14 56,32 40,38! 70,44 82,70 56,98 14,94"),
            // Stretched flat.
            new(1, "10,22 46,2 86,14 70,40 36,48! 80,56 92,78 50,96 6,84"),
        ],
        [
            // Open, angular.
            new(3, "26,4 20,50! 52,50 86,46", "70,2 66,50 62,100"),
            // Open, a round bowl.
            new(3, "22,4 16,38 34,52 60,46 78,34", "78,2 70,50 64,100"),
            // Open, in one stroke.
            new(2, "24,4 16,40 36,54 62,40 78,6! 70,52 62,100"),
            // Closed, a triangle.
            new(2, "66,2 40,32 14,62! 50,62 90,60", "66,2 64,50 62,100"),
            // Open, with a short down stroke.
            new(2, "34,0 16,54! 48,54 88,48", "66,26 60,62 54,100"),
            // Open, the cross bar not passing the down stroke.
            new(2, "24,4 22,46! 46,48 72,44", "76,0 72,50 70,100"),
            // Closed and narrow, a pointed top.
            new(1, "62,0! 44,22 22,56! 46,58 82,56", "62,0! 62,50 60,100"),
            // The cross bar low, both sides upright.
            new(2, "24,4 20,66! 54,68 88,64", "70,6 68,54 66,100"),
            // The left side bent like a bracket.
            new(2, "42,0 18,26 18,50 46,54 88,44", "76,12 60,54 46,100"),
            // A down stroke that begins left of the cross bar's end and leans.
            new(1, "16,14 18,44 40,50 74,36", "88,0 66,48 40,100"),
            // Two upright sides on a broad, round bottom.
            new(1, "20,6 20,46 32,62 60,60 76,44", "80,4 74,54 72,100"),
            // A short down stroke below a large, open bowl.
            new(1, "30,0 8,34 14,60 46,62 90,46", "76,22 62,64 50,100"),
            // The cross bar runs in a loop into the down stroke.
            new(1, "40,0 20,34 18,60 46,58 74,32 78,14 66,50 56,100"),
        ],
        [
            // In one stroke.
            new(3, "82,3 56,4 32,6! 26,44! 58,42 76,62 68,90 42,100 14,90"),
            // A bar of its own.
            new(3, "34,8 28,44! 60,44 74,66 64,92 40,100 14,88", "36,6 58,4 90,0"),
            // A bar that does not touch.
            new(1, "30,14 26,46! 58,46 72,66 62,92 40,100 14,90", "44,8 62,4 88,2"),
            // Rounded like an S.
            new(2, "80,4 52,4 32,20 42,42 68,58 66,86 40,99 16,94"),
            // A small bowl.
            new(1, "86,0 60,4 42,8! 30,48! 56,52 62,76 42,98 8,98"),
            // A bowl that curls in.
            new(2, "80,4 34,6! 26,44! 58,40 80,60 72,90 44,100 20,90 22,76"),
            // A short top over a large, round bowl.
            new(2, "70,2 40,6! 26,40! 56,30 84,50 80,84 48,100 14,88"),
            // A long, flat bar over a small foot.
            new(1, "36,14 32,46! 54,48 60,68 44,90 14,100", "38,12 70,6 108,0"),
            // A long tail, the bowl hardly bent.
            new(1, "78,6 36,10! 36,44! 62,52 62,78 34,98 4,104"),
            // A broad bowl under a short, straight neck.
            new(2, "80,0 30,4! 28,36! 62,36 88,60 72,94 36,100 10,88"),
            // Angular, the bowl begun with a straight piece.
            new(1, "84,4 28,6! 24,46! 48,44 74,48 76,80 52,98 14,96"),
            // A bar of its own high above a round bowl.
            new(1, "38,16 32,42! 62,42 78,66 60,94 34,98 16,84", "40,12 62,6 96,4"),
            // Top and neck in one slanting stroke.
            new(2, "76,0 48,8 30,42! 56,42 72,62 60,92 34,99 14,86"),
            // Leaning, a narrow bowl under a long neck.
            new(1, "90,2 66,2 50,8! 36,50! 58,50 66,70 48,94 10,98"),
            // The bar bent downwards at its end.
            new(1, "34,8 26,46! 58,44 76,66 62,94 36,100 14,90", "34,8 58,10 82,2"),
        ],
        [
            // A straight stem.
            new(3, "62,0 36,32 22,72 44,99 74,84 70,62 44,64 24,86"),
            // A curved stem.
            new(3, "74,4 42,14 22,50 28,92 60,98 76,72 54,54 26,74"),
            // A tall stem with a small loop.
            new(2, "54,0 32,42 26,84 46,99 66,82 58,66 30,80"),
            // The loop left open.
            new(2, "62,0 32,36 18,74 42,99 74,88 72,62 46,62"),
            // A large loop.
            new(2, "58,0 28,26 14,68 34,98 70,94 82,64 58,46 22,62"),
            // An upright stem, near a b.
            new(2, "34,0 24,42 22,84 46,99 74,84 68,58 44,58 24,76"),
            // A wide loop, lying.
            new(2, "46,0 18,34 6,74 36,96 80,92 94,70 66,56 16,76"),
            // The loop closes far inside.
            new(1, "66,2 34,22 16,62 34,98 68,90 72,66 48,60 34,76 50,88"),
            // A short stem on a broad, round loop.
            new(2, "44,0 18,30 12,74 44,99 80,80 74,50 44,48 16,70"),
            // A thin loop along a straight stem.
            new(1, "52,0 42,40 36,84 50,99 64,82 58,64 38,78"),
            // A long stem that leans.
            new(1, "88,0 50,28 22,72 36,98 60,88 64,68 38,70 22,86"),
        ],
        [
            // Angular.
            new(3, "16,6 48,5 82,3! 60,46 42,100"),
            // A round corner.
            new(2, "16,10 50,4 76,10 60,50 44,100"),
            // A straight leg.
            new(2, "18,6 78,4! 36,100"),
            // A serif at the left.
            new(2, "18,26 20,6! 50,6 82,3! 58,48 44,100"),
            // A round hook at the left.
            new(2, "12,34 20,10 44,8 80,8! 62,48 46,100"),
            // A cross bar.
            new(2, "16,8 48,6 82,3! 60,46 42,100", "32,52 54,50 80,48"),
            // A waved top.
            new(1, "16,18 28,4 52,10 84,2! 60,46 46,100"),
            // A wave and a cross bar.
            new(1, "16,22 26,6 54,10 82,2! 58,50 42,100", "30,56 76,46"),
            // A leg that falls straight down.
            new(2, "14,8 44,4 76,4! 66,42 64,100"),
            // Round all the way, like a bent pole.
            new(1, "22,30 26,8 54,0 74,16 70,52 60,100"),
            // A round hook and a cross bar.
            new(1, "14,28 20,8 50,8 80,4! 60,46 44,100", "34,50 80,46"),
            // Two nearly equal legs, like an n.
            new(1, "18,34 22,6! 50,6 76,12 76,40 64,100"),
            // A short top.
            new(1, "30,16 50,10 72,4! 56,50 40,100"),
        ],
        [
            // One stroke, begun at the upper right.
            new(4, "74,16 50,0 28,16 44,44 68,70 56,96 32,94 28,70 56,42 76,10"),
            // Two circles.
            new(2, "54,2 30,16 40,44 66,40 72,14 50,2", "50,46 24,64 28,94 62,98 78,72 50,46"),
            // Narrow.
            new(2, "64,12 50,0 36,16 48,46 62,74 50,99 36,86 46,54 62,26 62,8"),
            // Begun in the upper left, the other way round.
            new(2, "36,26 42,4 66,8 64,32 34,60 30,90 56,99 70,76 48,46 32,20"),
            // The top right open.
            new(2, "82,8 52,0 30,18 50,46 68,70 54,96 28,92 34,64 66,40 88,22"),
            // A large lower loop.
            new(1, "68,14 50,0 34,14 46,40 76,68 62,98 28,94 26,68 54,40 70,16"),
            // A large upper loop.
            new(1, "80,18 52,0 22,18 40,50 64,74 54,98 38,90 46,64 74,40 78,10"),
            // Begun in the middle.
            new(1, "56,48 30,30 44,2 70,8 68,34 34,58 24,86 50,100 74,84 66,58 44,42"),
            // A round upper loop that stays open, a small lower one.
            new(2, "78,14 52,0 26,14 34,40 60,62 62,90 42,98 32,82 50,58 76,34 84,12"),
            // Two equal loops, the upper leaning to the left.
            new(1, "66,12 40,0 22,18 44,42 72,68 60,98 32,94 32,68 62,40 66,18"),
            // A wide upper loop, the ends crossing at the right.
            new(1, "90,20 58,2 22,14 36,44 66,68 58,96 30,94 32,70 60,46 84,12"),
            // Begun far out at the upper right.
            new(2, "104,4 62,0 36,14 46,42 62,72 42,98 18,90 28,64 66,40 88,14"),
        ],
        [
            // A straight tail.
            new(3, "74,16 48,2 24,26 38,46 62,38 76,12! 70,54 64,100"),
            // A slanting tail.
            new(3, "78,10 44,4 22,32 42,46 66,30 80,8! 66,48 44,100"),
            // A curved tail.
            new(2, "74,18 50,2 26,20 38,46 66,38 76,14! 78,60 60,94 26,98"),
            // A small head.
            new(2, "68,12 48,2 34,22 50,36 70,12! 66,50 60,100"),
            // The head left open.
            new(2, "64,6 34,8 24,32 46,44 70,28 78,6! 70,54 62,100"),
            // One turn, without a corner at the stem.
            new(2, "72,26 52,2 26,18 36,46 64,38 74,14 72,56 64,100"),
            // A flat, pointed head.
            new(2, "92,2 46,10 16,34 36,44 70,26 92,6! 68,50 40,100"),
            // A large, round head over a short tail.
            new(2, "78,16 48,0 14,22 20,54 56,56 80,20! 80,58 76,100"),
            // The head begun inside, a stem that starts higher.
            new(1, "66,14 40,12 22,36 44,50 72,34", "78,0 72,50 66,100"),
            // A round head, the stem leaning from its upper right.
            new(3, "76,18 58,0 30,10 20,36 40,52 66,36 78,12! 66,56 50,100"),
            // The head not closed at the right.
            new(2, "80,4 46,4 20,24 28,48 58,46 76,26! 70,60 54,100"),
            // A narrow head.
            new(2, "66,14 52,0 36,14 34,40 50,46 66,20! 64,56 60,100"),
            // A head as round as a circle, the stem short and straight.
            new(1, "78,30 62,2 30,4 16,32 34,60 66,54 80,26 80,6! 80,60 80,100"),
            // A tail that curls.
            new(1, "72,14 46,2 26,22 44,42 72,16! 76,62 56,98 28,92 24,78"),
        ],
    ];
}
