using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>The steps in which pairs are weighed, many at a time, and what each asks the memory for before the next.</summary>
internal sealed partial class PairComparer
{
    /// <summary>The first step of weighing: everything counts for what it can weigh at most, known by equality alone.</summary>
    /// <remarks>Then one comparison after the other is looked at, at a glance and last by measuring. The sum never grows, so a pair that falls below the floor is done.</remarks>
    /// <param name="pairs">The pairs.</param>
    /// <param name="floor">The lowest weight that counts, in millibits.</param>
    /// <param name="open">Receives the pairs that can reach the floor, in their order. Length: that of the pairs.</param>
    /// <returns>How many those are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Begin(ReadOnlySpan<(int Left, int Right)> pairs, int floor, Span<OpenPair> open)
    {
        CodeRows rows = _model.Rows!;
        WeightBounds bounds = _model.Bounds;
        bool swaps = _model.Swaps.Length > 0;
        (int priorCoincidence, int priorKinship) = (_model.PriorWeight.AgainstCoincidence, _model.PriorWeight.AgainstKinship);
        int count = 0;
        foreach ((int left, int right) in pairs)
        {
            ReadOnlySpan<int> leftCodes = rows[left];
            ReadOnlySpan<int> rightCodes = rows[right];
            (int coincidence, int kinship, uint unknown) = (priorCoincidence, priorKinship, 0u);
            if (swaps && MayCross(leftCodes, rightCodes))
            {
                coincidence = kinship = WeighOneByOne(leftCodes, rightCodes, floor);
            }
            else
            {
                unknown = bounds.AddMost(leftCodes, rightCodes, ref coincidence, ref kinship);
            }
            if (Math.Min(coincidence, kinship) >= floor)
            {
                open[count++] = new OpenPair(left, right, coincidence, kinship, unknown);
            }
        }
        return count;
    }

    /// <summary>The second step of weighing: what is at the last level is told at a glance.</summary>
    /// <param name="pairs">The pairs; those that can reach the floor come to stand first, in their order.</param>
    /// <param name="floor">The lowest weight that counts, in millibits.</param>
    /// <returns>How many pairs can reach the floor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Screen(Span<OpenPair> pairs, int floor)
    {
        CodeRows rows = _model.Rows!;
        ReadOnlySpan<WeightStep> steps = _model.Steps;
        int count = 0;
        foreach (OpenPair pair in pairs)
        {
            ReadOnlySpan<int> leftCodes = rows[pair.Left];
            ReadOnlySpan<int> rightCodes = rows[pair.Right];
            (int coincidence, int kinship, uint open) = (pair.Coincidence, pair.Kinship, pair.Open);
            for (int i = 0; i < steps.Length && Math.Min(coincidence, kinship) >= floor; i++)
            {
                WeightStep step = steps[i];
                if (((open >> step.Comparison) & 1) == 0 || step.Screen is not { } screen)
                {
                    continue;
                }
                int leftCode = leftCodes[step.Comparison];
                int rightCode = rightCodes[step.Comparison];
                if (leftCode != rightCode && screen.IsElse(leftCode, rightCode))
                {
                    coincidence += step.ElseLessMost.AgainstCoincidence;
                    kinship += step.ElseLessMost.AgainstKinship;
                    open ^= 1u << step.Comparison;
                }
            }
            if (Math.Min(coincidence, kinship) >= floor)
            {
                pairs[count++] = pair with { Coincidence = coincidence, Kinship = kinship, Open = open };
            }
        }
        return count;
    }

    /// <summary>The last step of weighing: what is still open is measured.</summary>
    /// <param name="pairs">The pairs; those that reach the floor come to stand first, in their order, and weigh <see cref="OpenPair.Most"/>.</param>
    /// <param name="floor">The lowest weight that counts, in millibits.</param>
    /// <returns>How many pairs reach the floor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Measure(Span<OpenPair> pairs, int floor)
    {
        CodeRows rows = _model.Rows!;
        ReadOnlySpan<WeightStep> steps = _model.Steps;
        int count = 0;
        foreach (OpenPair pair in pairs)
        {
            ReadOnlySpan<int> leftCodes = rows[pair.Left];
            ReadOnlySpan<int> rightCodes = rows[pair.Right];
            (int coincidence, int kinship, uint open) = (pair.Coincidence, pair.Kinship, pair.Open);
            for (int i = 0; open != 0 && Math.Min(coincidence, kinship) >= floor; i++)
            {
                WeightStep step = steps[i];
                if (((open >> step.Comparison) & 1) == 0)
                {
                    continue;
                }
                open ^= 1u << step.Comparison;
                int leftCode = leftCodes[step.Comparison];
                int rightCode = rightCodes[step.Comparison];
                PairWeight weight = Weight(step.Comparison, leftCode, rightCode, _finders[step.Comparison].Measure(leftCode, rightCode));
                coincidence += weight.AgainstCoincidence - step.Most.AgainstCoincidence;
                kinship += weight.AgainstKinship - step.Most.AgainstKinship;
            }
            if (Math.Min(coincidence, kinship) >= floor)
            {
                pairs[count++] = pair with { Coincidence = coincidence, Kinship = kinship, Open = 0 };
            }
        }
        return count;
    }

    /// <summary>Asks the memory for what <see cref="Screen"/> looks at.</summary>
    public void FetchGlances(ReadOnlySpan<OpenPair> pairs)
    {
        CodeRows rows = _model.Rows!;
        foreach (ref readonly OpenPair pair in pairs)
        {
            ReadOnlySpan<int> leftCodes = rows[pair.Left];
            ReadOnlySpan<int> rightCodes = rows[pair.Right];
            foreach (WeightStep step in _large)
            {
                if (((pair.Open >> step.Comparison) & 1) != 0)
                {
                    step.Screen!.Fetch(leftCodes[step.Comparison]);
                    step.Screen.Fetch(rightCodes[step.Comparison]);
                }
            }
        }
    }

    /// <summary>Asks the memory for the texts that <see cref="Measure"/> looks at.</summary>
    public void FetchTexts(ReadOnlySpan<OpenPair> pairs)
    {
        // Where a text stands is asked for all pairs before the first text is.
        for (int step = 0; step < 2; step++)
        {
            foreach (ref readonly OpenPair pair in pairs)
            {
                FetchTexts(in pair, placesArrived: step == 1);
            }
        }
    }

    private void FetchTexts(in OpenPair pair, bool placesArrived)
    {
        CodeRows rows = _model.Rows!;
        for (uint open = pair.Open & _largeComparisons; open != 0; open &= open - 1)
        {
            int comparison = BitOperations.TrailingZeroCount(open);
            ValueDictionary values = _comparisons[comparison].Column.Values;
            (int left, int right) = (rows[pair.Left][comparison], rows[pair.Right][comparison]);
            if (placesArrived)
            {
                values.FetchText(left);
                values.FetchText(right);
            }
            else
            {
                values.Fetch(left);
                values.Fetch(right);
            }
        }
    }
}
