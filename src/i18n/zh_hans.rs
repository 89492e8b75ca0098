//! 简体中文, in the terms of kubernetes.io/zh-cn.

use super::Text;

/// The sentence in Chinese.
pub fn say(text: Text) -> String {
    match text {
        Text::Tagline => "逐个 Pod 看 Kubernetes 滚动更新".into(),
        Text::SwitchLanguage => "English".into(),
        Text::SwitchTheme => "切换浅色与深色".into(),
        Text::Settings => "设置".into(),
        Text::Events => "事件".into(),
        Text::AllEvents => "同时显示 Pod 的事件".into(),
        Text::Why => "为什么走这一步".into(),
        Text::Timeline => "上线的时间线".into(),
        Text::About => "在你的浏览器中按 Kubernetes 1.36.2 的行为模拟，不向任何地方发送数据。".into(),

        Text::NextVersion => "下一个版本".into(),
        Text::TimeToReady => "就绪所需时间".into(),
        Text::Seconds => "秒".into(),
        Text::Decrease { field } => format!("减小 {field}"),
        Text::Increase { field } => format!("增大 {field}"),
        Text::NotAWholeNumber => "这里必须是整数。".into(),
        Text::TooMany { most } => format!("Rollscope 最多绘制 {most} 个 Pod。"),
        Text::TooLong { most } => format!("最多可显示 {most} 秒。"),
        Text::SurgeSum { sum, surge, ceiling } => {
            format!("{sum}可多出 *{surge}* 个：最多 *{ceiling}* 个 Pod")
        }
        Text::UnavailableSum { sum, unavailable, floor } => {
            format!("{sum}可缺少 *{unavailable}* 个：至少 *{floor}* 个可用")
        }
        Text::BothZero { sum, floor } => {
            format!("{sum}0，峰值也是 0，这样什么都动不了，所以允许缺少 *1* 个：至少 *{floor}* 个可用")
        }
        Text::RecreateBudget => "先终止全部旧 Pod；最后一个离开之后才创建新 Pod".into(),
        Text::TakeBack => "撤销上一次修改".into(),
        Text::DoAgain => "重做".into(),

        Text::RollOut => "开始上线".into(),
        Text::Undo => "回滚".into(),
        Text::UndoTo { revision } => format!("回滚到 {revision}"),
        Text::Revisions => "修订版本".into(),
        Text::CurrentRevision => "当前".into(),
        Text::CopyCommand { command } => format!("复制：{command}"),
        Text::Copied => "已复制".into(),
        Text::ImageKept => "Deployment 已经使用这个镜像，没有什么需要上线。".into(),

        Text::Starting { available, replicas } => {
            format!("正在启动：*{available}/{replicas}* 个 Pod 可用")
        }
        Text::Asked { image } => format!("已请求 *{image}*；控制器尚未行动"),
        Text::RollingOut { revision, updated, replicas, available } => {
            format!("正在上线修订版本 {revision}：已更新 *{updated}/{replicas}*，可用 *{available}*")
        }
        Text::RolledOut { image, replicas } => {
            format!("上线完成：全部 *{replicas}* 个 Pod 运行 *{image}*")
        }
        Text::Draining { image, terminating } => {
            format!("已上线 *{image}*；还有 *{terminating}* 个旧 Pod 正在离开")
        }
        Text::Stuck { image, updated, replicas } => {
            format!("停滞：*{updated}/{replicas}* 个运行 {image}，已超过进度期限")
        }

        Text::AtLeast { floor } => format!("至少 {floor} 个可用"),
        Text::AtMost { ceiling } => format!("最多 {ceiling} 个"),
        Text::Leaving => "正在离开，\n不计数".into(),
        Text::LegendPending => "悬决".into(),
        Text::LegendRunning => "运行中，未就绪".into(),
        Text::LegendReady => "就绪，尚不可用".into(),
        Text::LegendAvailable => "可用".into(),
        Text::LegendTerminating => "终止中".into(),
        Text::BudgetLine { counted, ceiling, available, floor, leaving } => format!(
            "最多 {ceiling} 个 Pod，现计数 {counted} 个；{available} 个可用，至少须有 {floor} 个；\
             另有 {leaving} 个正在离开。"
        ),
        Text::PodTitle { pod, stage } => format!("{pod}：{stage}"),
        Text::RevisionOf { revision, image } => format!("修订版本 {revision} · {image}"),

        Text::Play => "播放".into(),
        Text::Pause => "暂停".into(),
        Text::Replay => "重新播放".into(),
        Text::StepBack => "后退一步".into(),
        Text::StepForward => "前进一步".into(),
        Text::PreviousDecision => "上一个决定".into(),
        Text::NextDecision => "下一个决定".into(),
        Text::Speed => "速度".into(),
        Text::StepOf { step, steps } => format!("第 {step} 步，共 {steps} 步"),
        Text::Position { seconds, what } => format!("第 {seconds} 秒。{what}"),
        Text::Weave { pods } => format!("每个 Pod 是一条随时间延伸的线，共 {pods} 条；批次形成阶梯。"),

        Text::User => "你".into(),
        Text::Scheduler => "调度器".into(),
        Text::Kubelet => "kubelet".into(),
        Text::DeploymentCreated => "Deployment 已创建".into(),
        Text::ImageSet { image } => format!("你请求使用 {image}"),
        Text::RolledBack => "你请求使用之前的模板；它会像其他模板一样上线".into(),
        Text::RollbackSkipped => "当前模板已经是这个修订版本的模板".into(),
        Text::CommandRefused => "命令被拒绝，什么都没有改变".into(),
        Text::NewReplicaSet { set } => format!("模板是新的，因此创建 ReplicaSet {set}"),
        Text::ScaleNewUp { image } => format!("在上限之内扩容 {image}"),
        Text::ScaleNewDown { image } => format!("把 {image} 缩容到期望的数量"),
        Text::ScaleOldDown { image } => format!("在下限之上缩容 {image}"),
        Text::ScaleUnhealthyDown { image } => format!("先移除 {image} 中不可用的 Pod"),
        Text::OldMustStay => "旧 Pod 暂时必须保留".into(),
        Text::CreatePods { count } => format!("创建 {count} 个 Pod"),
        Text::DeletePods { count } => format!("删除 {count} 个 Pod"),
        Text::PodsScheduled { count } => format!("{count} 个 Pod 被调度到节点"),
        Text::PodsStarted { count } => format!("{count} 个 Pod 的容器开始运行"),
        Text::PodsReady { count } => format!("{count} 个 Pod 的就绪探针成功"),
        Text::PodsGone { count } => format!("{count} 个 Pod 已离开"),
        Text::CountPods { set } => format!("统计 {set} 的 Pod"),
        Text::ReplicaSetTakenAgain { set, revision } => {
            format!("{set} 已有这个模板：重新启用它，作为修订版本 {revision}")
        }
        Text::ReplicaSetRemoved { set } => format!("历史已满：删除 {set}"),
        Text::StatusWritten => "汇报数字；现在什么都不能缩放".into(),
        Text::StatusComplete => "汇报上线已完成".into(),
        Text::StatusTimedOut => "汇报已超过进度期限；其他什么都不变".into(),
        Text::SumCeiling { replicas, surge } => format!("上限（{replicas} + {surge}）"),
        Text::SumOld => "旧 ReplicaSet 期望".into(),
        Text::SumWantedBy { image } => format!("{image} 期望"),
        Text::SumMore => "还可增加".into(),
        Text::SumAvailable => "可用".into(),
        Text::SumUnavailable => "不可用".into(),
        Text::SumFloor => "必须保持可用".into(),
        Text::SumTaken => "已从更旧的 ReplicaSet 移除".into(),
        Text::SumMayGo => "可以移除".into(),
        Text::SumAsked => "期望总数".into(),
        Text::SumNewUnavailable => "新 Pod 尚不可用".into(),
        Text::SumAsks => "期望".into(),
        Text::SumHas => "现有，不含正在离开的".into(),
        Text::SumMissing => "缺少".into(),
        Text::SumTooMany => "多余".into(),
        Text::LimitedByReplicas { replicas } => format!("但不超过期望的 {replicas} 个。"),
        Text::LimitedBySize { size } => format!("但不超过 {size} 个。"),
        Text::NewPodsCountAtOnce => "它们从现在起计数，远早于开始提供服务。".into(),
        Text::VictimsReady => "全部就绪，因此由存在时间决定；它们立即不再计数。".into(),
        Text::VictimsUnready => "最没有用处的先走；它们立即不再计数。".into(),

        Text::NextInInstant => "同一秒内还有更多事情：请继续前进。".into(),
        Text::NextAvailable { count, image, seconds } => {
            format!("接下来：{image} 的 {count} 个 Pod 变为可用（{seconds} 秒后）。")
        }
        Text::NextMayGo { count, image, seconds, floor } => format!(
            "接下来：{image} 的 {count} 个 Pod 变为可用（{seconds} 秒后）。之后旧 Pod 可以离开，只要仍有 {floor} 个可用。"
        ),
        Text::NextGone { count, seconds } => {
            format!("接下来：{count} 个 Pod 离开（{seconds} 秒后）。没有什么在等待它们。")
        }
        Text::NextCommand { seconds } => format!("接下来：一条命令（{seconds} 秒后）。"),
        Text::NextStep { seconds } => format!("接下来：{seconds} 秒后有动作。"),
        Text::NextNothing => "没有剩下的事情了。上线另一个版本，或者回滚。".into(),

        Text::Keys => "按键".into(),
        Text::KeyPlay => "播放、暂停".into(),
        Text::KeyStep => "一步".into(),
        Text::KeyDecision => "跳到决定".into(),
        Text::KeyTenth => "跳到全程的十分之几".into(),
        Text::KeyEnds => "跳到开头、结尾".into(),
        Text::KeySpeed => "减速、加速".into(),
        Text::KeyTakeBack => "撤销、重做".into(),
        Text::KeysEnabled => "启用单键操作".into(),
    }
}
